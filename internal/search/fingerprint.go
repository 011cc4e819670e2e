package search

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"warraq/internal/output"
)

// sample holds a form of each kind that the analysis treats in its own way.
const sample = `وبالكرملين القاعدتين السُّوريّون للاجئين للجنة لبنان اللبنانية ألمانيا المانيا الألمانيّ أمريكا الأميركيين
على علي إلى أنّ وزارتها مسؤول مسئول رئيس رؤساء علماء سنة سنوات مدارس مدرسة كتابًا كتب غورباتشوف جورباتشوف طهران لطهران
ﺍﻟﻘﺎﻫﺮﺓ ﷺ کرملین ۱۲۳ ٤٥٦ 007 و2024 f16 COVID-19 Café naïve روسيـــا حقوق حق باب أبواب دواء أدوية اتصالات تهم نا هم
«النص»، (بين قوسين) a_b د.محمد ١٬٥٠٠ 3.14 ترامب ترمب قاعدتها مدينتهم بيتنا كتابهما ظفر ضابط ذهب زهرة غاز
عبدالله وعبدالرحمن أبوظبي ملايين حصة حصص
السوداان متى 1,550 ١٬٥٥٠ برجان سقوط سقطت وكالتين الباليستية`

// fingerprint changes when words are analysed otherwise: inverted blocks of the
// cache hold the terms that the program of their time made.
var fingerprint = sync.OnceValue(func() output.Key {
	var key output.KeyBuilder
	key.Reset("search/analysis 2")
	an := newAnalyser()
	for start, end := range wordsOf(sample) {
		for _, id := range an.of(sample[start:end]) {
			key.String(an.terms[id].text).String(an.terms[id].key)
		}
		key.String("")
	}
	key.String(strings.Join(slices.Sorted(maps.Keys(stopWords)), " "))
	for _, plural := range slices.Sorted(maps.Keys(irregular)) {
		key.String(plural).String(irregular[plural])
	}
	key.String(fmt.Sprint(bodyGap, paragraphGap, positionsMax, maxWord))
	for tf := range uint32(12) {
		key.Int(int64(impact(tf/4, tf%2, tf, 100*tf)))
	}
	return key.Sum()
})
