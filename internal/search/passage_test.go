package search

import (
	"os"
	"reflect"
	"testing"
)

func TestPassageHoldsTheWords(t *testing.T) {
	src, err := os.ReadFile("js/passage.js")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Lacks    []bool
		Passages []string
	}
	node(t, imports.ReplaceAllString(string(src), "")+readInput+`
const senses = input.words.map((w) => new Set([stemOf(fold(w))]));
console.log(JSON.stringify({ Lacks: input.texts.map((t) => lacks(t, senses)), Passages: [passage(input.texts, senses), passage(input.texts.slice(0, 1), senses), passage(["لا شيء هنا"], senses)] }));`,
		map[string]any{
			"words": []string{"القاعدة", "سفينة"},
			"texts": []string{
				"غادرت السُّفنُ الميناء صباحًا ولم يعلن أحد وجهتها",
				"واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية وصلت إلى القاعدَةِ البحرية سفينةٌ واحدة ثم تلتها مراكب صغيرة كثيرة حملت الماء والخبز والدواء والخيام إلى من بقي هناك في انتظار الرحيل عبر البحر إلى بلاد بعيدة لا يعرفون عنها شيئًا",
			},
		}, &got)
	if want := []bool{true, false}; !reflect.DeepEqual(got.Lacks, want) {
		t.Errorf("lacks %v, want %v", got.Lacks, want)
	}
	want := []string{"… خمسة ستة سبعة ثمانية وصلت إلى القاعدَةِ البحرية سفينةٌ واحدة ثم تلتها مراكب صغيرة كثيرة حملت الماء والخبز والدواء والخيام إلى من بقي هناك في انتظار الرحيل عبر البحر إلى بلاد بعيدة …", "", ""}
	if !reflect.DeepEqual(got.Passages, want) {
		t.Errorf("passages %q,\nwant %q", got.Passages, want)
	}
}
