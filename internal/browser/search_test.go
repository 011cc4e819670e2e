package browser

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestSearchTellsWhatFails breaks the network under the search page: what
// failed is said, and the page works again when the network does.
func TestSearchTellsWhatFails(t *testing.T) {
	browser := chromium(t)
	job, err := json.Marshal(map[string]any{"base": serve(t, exampleSite(t)), "chromium": browser})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "search.mjs")
	cmd.Stdin = bytes.NewReader(job)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node search.mjs: %v\n%s", err, stderr.String())
	}
	type visit struct {
		Failed, Status  string
		Results         int
		Marks, Excerpts []string
	}
	var seen map[string]visit
	if err := json.Unmarshal(out, &seen); err != nil {
		t.Fatal(err)
	}
	const part, cut = "تعذّر تحميل جزء من فهرس البحث.", "انقطع الاتصال بالشبكة، ويُستأنف البحث حين يعود."
	for name, failed := range map[string]string{
		"blocked": part, "missing": part, "damaged": part, "cut short": part,
		"offline": cut, "no script": "تعذّر تحميل البحث. تحقّق من اتصالك بالشبكة ثم أعد المحاولة.",
		"built anew": "", // the entry is read again, and nothing need be said
	} {
		v := seen[name]
		if !strings.HasPrefix(v.Failed, failed) || failed != "" && v.Failed == "" {
			t.Errorf("%s: the page says «%s», want «%s»", name, v.Failed, failed)
		}
		if v.Results == 0 || strings.Contains(v.Status, "تعذّر") || strings.Contains(v.Status, "انقطع") {
			t.Errorf("%s: afterwards %d results, «%s»", name, v.Results, v.Status)
		}
	}
	if v := seen["passage"]; len(v.Excerpts) != 1 || !strings.Contains(v.Excerpts[0], "زارياديه") || !strings.Contains(v.Excerpts[0], "الرجلان") {
		t.Errorf("the excerpt is not the passage with the word: %q", v.Excerpts)
	}
	if v := seen["tashkeel"]; !slices.Contains(v.Marks, "نقاطًا") {
		t.Errorf("the marked words are not those of the text: %q", v.Marks)
	}
}
