package render

import "reflect"

// samples names the view of each page type.
var samples = map[kind]any{
	kindHome: HomePage{}, kindArticle: ArticlePage{}, kindVersions: VersionsPage{},
	kindArticles: ArticlesPage{}, kindThemes: ThemesPage{}, kindTheme: ThemePage{},
	kindTags: TagsPage{}, kindTag: TagPage{}, kindSources: SourcesPage{}, kindSource: SourcePage{},
	kindTimeline: TimelinePage{}, kindPeriod: PeriodPage{}, kindChronicle: ChroniclePage{}, kindPage: TextPage{},
	kindTombstone: TombstonePage{}, kindRedirect: RedirectPage{}, kindNotFound: NotFoundPage{},
	kindSearch: SearchPage{},
}

// filled returns a pointer to a copy of view in which every field has a value
// and every list an element, so that executing a template walks its branches.
func filled(view any) any {
	v := reflect.New(reflect.TypeOf(view))
	fill(v.Elem(), 0)
	return v.Interface()
}

func fill(v reflect.Value, depth int) {
	if depth > 12 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), depth+1)
			}
		}
	}
}
