package assemble

import (
	"maps"
	"slices"
	"strings"

	"warraq/internal/config"
)

// sameOutlets are names of one outlet that folding cannot bring together, the
// first of each line naming its URL. A site adds its own as aliases of
// [params.archive.sources].
var sameOutlets = [][]string{
	{"رويترز", "Reuters", "وكالة رويترز للأنباء"},
	{"فرانس برس", "أ ف ب", "أ.ف.ب", "AFP", "وكالة الصحافة الفرنسية", "الفرنسية"},
	{"أسوشيتد برس", "أ ب", "أ.ب", "AP", "اسوشييتد برس"},
	{"الوكالة الألمانية", "د ب أ", "د.ب.أ", "DPA", "وكالة الأنباء الألمانية"},
	{"وكالة أنباء الشرق الأوسط", "أ ش أ", "أ.ش.أ"},
	{"سانا", "SANA", "الوكالة العربية السورية للأنباء"},
	{"واس", "SPA", "وكالة الأنباء السعودية"},
	{"وام", "WAM", "وكالة أنباء الإمارات"},
	{"كونا", "KUNA", "وكالة الأنباء الكويتية"},
	{"قنا", "QNA", "وكالة الأنباء القطرية"},
	{"بترا", "Petra", "وكالة الأنباء الأردنية"},
	{"تاس", "TASS", "إيتار تاس"},
	{"ريا نوفوستي", "نوفوستي", "RIA"},
	{"إنترفاكس", "انترفاكس", "Interfax"},
	{"سبوتنيك", "سبوتنك", "سبوتنيك عربي", "Sputnik"},
	{"روسيا اليوم", "RT", "RT Arabic", "RT عربي", "آر تي", "آر تي عربي"},
	{"الأناضول", "Anadolu", "AA"},
	{"شينخوا", "Xinhua"},
	{"الجزيرة", "الجزيرة نت", "الجزيرة.نت", "Al Jazeera", "Aljazeera"},
	{"العربية", "العربية نت", "العربية.نت", "Al Arabiya"},
	{"سكاي نيوز عربية", "سكاي نيوز", "Sky News Arabia"},
	{"بي بي سي عربي", "BBC عربي", "BBC Arabic", "BBC News عربي", "بي بي سي"},
	{"سي إن إن بالعربية", "CNN بالعربية", "CNN عربية", "CNN Arabic", "CNN"},
	{"دويتشه فيله", "DW", "DW عربي", "DW عربية"},
	{"فرانس 24", "فرانس24", "France 24"},
	{"اليوم السابع", "Youm7"},
	{"اندبندنت عربية", "إندبندنت عربية", "Independent Arabia"},
	{"عربي21", "عربي 21", "Arabi21"},
}

// kindsOfOutlet may stand before a name or not: «وكالة الأناضول», «الأناضول».
var kindsOfOutlet = []string{"صحيفه", "جريده", "قناه", "موقع", "وكاله انباء", "وكاله", "شبكه", "بوابه", "مجله", "تلفزيون", "فضائيه", "منصه"}

// outletNames brings spellings of outlets together.
type outletNames struct {
	alias map[string]string // folded name → key
}

func newOutletNames(settings map[string]config.Source) *outletNames {
	n := &outletNames{alias: map[string]string{}}
	for _, names := range sameOutlets {
		key := foldName(names[0])
		for _, name := range names {
			n.alias[foldName(name)] = key
		}
	}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		key := foldName(name)
		n.alias[key] = key
		for _, alias := range settings[name].Aliases {
			n.alias[foldName(alias)] = key
		}
	}
	return n
}

// key of a name: an alias's, else the name without punctuation, with «جريدة»
// and «صحيفة» for one word. Other kinds tell outlets apart: the newspaper
// «الشرق» is not the channel.
func (n *outletNames) key(name string) string {
	key := foldName(name)
	if k := n.alias[key]; k != "" {
		return k
	}
	if rest, ok := strings.CutPrefix(key, "جريده "); ok {
		key = "صحيفه " + rest
	}
	if k := n.alias[key]; k != "" {
		return k
	}
	if k := n.alias[bareOutlet(key)]; k != "" {
		return k
	}
	return key
}

// bareOutlet is the name without its kind.
func bareOutlet(key string) string {
	for _, kind := range kindsOfOutlet {
		if rest, ok := strings.CutPrefix(key, kind+" "); ok && rest != "" {
			return rest
		}
	}
	return key
}

// joinBare files a bare name («الاتحاد») with the one name that has it behind a
// kind («صحيفة الاتحاد»); with two such names it stays by itself.
func joinBare(keys []string) map[string]string {
	kinds := map[string][]string{}
	for _, key := range keys {
		if bare := bareOutlet(key); bare != key {
			kinds[bare] = append(kinds[bare], key)
		}
	}
	joined := map[string]string{}
	for _, key := range keys {
		if full := kinds[key]; len(full) == 1 {
			joined[key] = full[0]
		}
	}
	return joined
}
