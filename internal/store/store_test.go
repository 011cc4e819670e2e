package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// fill sets every field that v can reach, so that a field added to Draft is
// tested without a change here.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), depth)
		}
	case reflect.Slice:
		if n := r.IntN(4) - 1; n >= 0 { // nil, empty, or some
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range v.Len() {
			fill(r, v.Index(i), depth+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(r, v.Index(i), depth)
		}
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), depth)
		}
	case reflect.String:
		v.SetString(strings.Repeat("خبر عاجل ", r.IntN(4)) + fmt.Sprint(r.IntN(1000)))
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Float32:
		v.SetFloat(float64(r.Float32()))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(r.Uint64()) >> (64 - v.Type().Bits()))
	case reflect.Uint8, reflect.Uint32:
		v.SetUint(r.Uint64() >> (64 - v.Type().Bits()))
	default:
		panic(v.Kind())
	}
}

func random(r *rand.Rand) Record {
	var record Record
	fill(r, reflect.ValueOf(&record).Elem(), 0)
	return record
}

func open(t testing.TB, dir string, key byte) (*Cache, []diag.Problem) {
	t.Helper()
	return Open(dir, archive.Hash{key})
}

func all(string) bool { return true }

func TestRecordsComeBackAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(1, 2))
	want := map[string]Record{}
	// Three builds: a first one, one that replaces and adds, one after which
	// most records are dead and the file is written anew.
	for build, n := range []int{300, 100, 2500} {
		c, problems := open(t, dir, 1)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		reader := c.Worker()
		for path, record := range want {
			got, ok := reader.Get(path)
			if !ok {
				t.Fatalf("build %d: %s is lost", build, path)
			}
			if diff := cmp.Diff(record, got); diff != "" {
				t.Fatalf("build %d: %s\n%s", build, path, diff)
			}
		}
		for range n {
			path := fmt.Sprintf("articles/%d.md", r.IntN(400))
			record := random(r)
			want[path] = record
			c.Worker().Put(path, &record)
		}
		if problems := c.Close(all); len(problems) > 0 {
			t.Fatal(problems)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, fileName)); err != nil || info.Size() > 4<<20 {
		t.Errorf("the file keeps dead records: %v %v", info, err)
	}
}

func TestAnotherKeyEmptiesTheCacheWithoutAWord(t *testing.T) {
	dir := t.TempDir()
	c, _ := open(t, dir, 1)
	record := random(rand.New(rand.NewPCG(3, 4)))
	c.Worker().Put("a", &record)
	c.Close(all)
	c, problems := open(t, dir, 2)
	defer c.Close(all)
	if _, ok := c.Worker().Get("a"); ok || len(problems) > 0 {
		t.Errorf("found %v, problems %v", ok, problems)
	}
}

func TestDamageIsNoticed(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(5, 6))
	record := random(r)
	for _, path := range []string{"a", "b"} { // two batches
		c, _ := open(t, dir, 1)
		c.Worker().Put(path, &record)
		c.Close(all)
	}
	name := filepath.Join(dir, fileName)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		damaged := append([]byte(nil), whole...)
		if r.IntN(2) == 0 {
			damaged = damaged[:r.IntN(len(damaged))]
		} else {
			damaged[r.IntN(len(damaged))] ^= 1 << r.IntN(8)
		}
		if err := os.WriteFile(name, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		c, _ := open(t, dir, 1)
		for _, path := range []string{"a", "b"} {
			if got, ok := c.Worker().Get(path); ok && cmp.Diff(record, got) != "" {
				t.Fatalf("a damaged cache of %d bytes gave another record for %s", len(damaged), path)
			}
		}
		c.Worker().Put("c", &record)
		if problems := c.Close(all); len(problems) > 0 {
			t.Fatal(problems)
		}
		c, problems := open(t, dir, 1)
		if _, ok := c.Worker().Get("c"); !ok || len(problems) > 0 {
			t.Fatalf("the cache was not repaired: %v", problems)
		}
		c.Close(all)
	}
}

func TestASecondBuildDoesWithoutTheCache(t *testing.T) {
	dir := t.TempDir()
	first, _ := open(t, dir, 1)
	second, problems := open(t, dir, 1)
	record := random(rand.New(rand.NewPCG(7, 8)))
	second.Worker().Put("a", &record)
	problems = append(problems, second.Close(all)...)
	problems = append(problems, first.Close(all)...)
	if len(problems) > 0 {
		t.Error(problems)
	}
	third, _ := open(t, dir, 1)
	defer third.Close(all)
	if _, ok := third.Worker().Get("a"); ok {
		t.Error("the build without the lock wrote")
	}
}

func FuzzDecode(f *testing.F) {
	var compile compiler
	c := compile.compile(reflect.TypeFor[Record]())
	record := random(rand.New(rand.NewPCG(9, 10)))
	f.Add(c.encode(nil, reflect.ValueOf(&record).UnsafePointer()))
	f.Fuzz(func(t *testing.T, in []byte) {
		cache := &Cache{codec: c, slabs: compile.slabs}
		cache.Worker().decode(string(in)) // must neither panic nor read beyond
	})
}

func BenchmarkLoad100k(b *testing.B) {
	dir := b.TempDir()
	r := rand.New(rand.NewPCG(11, 12))
	c, _ := open(b, dir, 1)
	const n = 100_000
	for i := range n {
		record := random(r)
		record.Problems = nil
		record.Drafts = make([]archive.Draft, 1)
		fill(r, reflect.ValueOf(&record.Drafts[0]).Elem(), 0)
		record.Drafts[0].Sketch = make([]uint32, 100)
		c.Worker().Put(fmt.Sprintf("articles/%07d.md", i), &record)
	}
	c.Close(all)
	for b.Loop() {
		c, _ := open(b, dir, 1)
		reader := c.Worker()
		for i := range n {
			if _, ok := reader.Get(fmt.Sprintf("articles/%07d.md", i)); !ok {
				b.Fatal("lost")
			}
		}
		c.Close(all)
	}
}
