package browser

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

const timelinePage = `<!doctype html><html lang="ar"><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="/timelinejs/css/timeline.css">
<div id="timeline" style="width:100%;height:600px"></div>
<script src="/timelinejs/js/timeline.js"></script>
<script>
fetch("/site/timeline/timelinejs.json").then(r => r.json()).then(data => {
  new TL.Timeline("timeline", data, {script_path: location.origin + "/timelinejs/js/", language: "en"});
});
</script></html>`

// TestTimelineJSOpensTheExport proves the export in the program it is for.
func TestTimelineJSOpensTheExport(t *testing.T) {
	browser := chromium(t)
	dist := "node_modules/@knight-lab/timelinejs/dist"
	if _, err := os.Stat(dist); err != nil {
		t.Skip("the npm parts are missing: run `make tools`")
	}
	site := exampleSite(t)
	raw, err := os.ReadFile(filepath.Join(site, "timeline", "timelinejs.json"))
	if err != nil {
		t.Fatal(err)
	}
	var export struct{ Events []json.RawMessage }
	if err := json.Unmarshal(raw, &export); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/timelinejs/", http.StripPrefix("/timelinejs/", http.FileServer(http.Dir(dist))))
	mux.Handle("/site/", http.StripPrefix("/site/", http.FileServer(http.Dir(site))))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(timelinePage)) })
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, f := range walk(t, browser, server.URL, []page{{Name: "timelinejs", Path: "/"}}, "timelinejs") {
		if f.Markers != len(export.Events) || f.Markers == 0 {
			t.Errorf("TimelineJS shows %d events of %d", f.Markers, len(export.Events))
		}
		if f.Title == "" || f.Scripts != 0 {
			t.Errorf("its title is %q; %d scripts came in by the texts", f.Title, f.Scripts)
		}
		for _, e := range f.Errors {
			t.Errorf("it complains: %s", e)
		}
	}
}
