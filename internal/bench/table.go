package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

func table(rows []row, runs int) string {
	parts := partsTable(rows)
	rows = slices.DeleteFunc(slices.Clone(rows), row.isPart)
	var sizes []int
	for _, r := range rows {
		if !slices.Contains(sizes, r.Articles) {
			sizes = append(sizes, r.Articles)
		}
	}
	var b strings.Builder
	once := ""
	if slices.ContainsFunc(rows, func(r row) bool {
		return r.Articles >= 100_000 && (strings.HasPrefix(r.What, "Hugo") || strings.HasPrefix(r.What, "Pagefind"))
	}) {
		once = " (Hugo and Pagefind on 100,000 articles: one run)"
	}
	fmt.Fprintf(&b, "# Benchmarks\n\nMade by `make bench`: medians of %d runs%s.\n\n![Wall time against articles](benchmarks.svg)\n\n", runs, once)
	fmt.Fprintf(&b, "%s, %d processors, %s, %s.\n\n", processor(), runtime.NumCPU(), kernel(), versions())
	fmt.Fprintf(&b, "| articles | program | wall s | CPU s | peak memory MB | files | output MB | stages |\n|--:|---|--:|--:|--:|--:|--:|---|\n")
	for _, r := range rows {
		files, size := "", ""
		if r.Files > 0 {
			files, size = fmt.Sprint(r.Files), fmt.Sprintf("%.0f", float64(r.Bytes)/1e6)
		}
		fmt.Fprintf(&b, "| %d | %s | %.2f | %.2f | %.0f | %s | %s | %s |\n", r.Articles, r.What, r.Wall, r.CPU, float64(r.Peak)/1e6, files, size, r.Note)
	}
	b.WriteString("\n## Ratios\n\n| articles | what | ratio | aim |\n|--:|---|--:|--:|\n")
	for _, n := range sizes {
		at := map[string]row{}
		for _, r := range rows {
			if r.Articles == n {
				at[strings.Split(r.What, " on ")[0]] = r
			}
		}
		ratio := func(what string, num, den float64, aim string) {
			if num > 0 && den > 0 {
				fmt.Fprintf(&b, "| %d | %s | %.2f | %s |\n", n, what, num/den, aim)
			}
		}
		pages, all := at["warraq, pages, cold"], at["warraq, everything, cold"]
		pagefind := at["Pagefind "+pagefindVersion]
		hugo := at["Hugo v0.165.0, pages without related articles"]
		full := at["Hugo v0.165.0, pages"]
		ratio("Hugo with related articles / warraq, pages: wall", full.Wall, pages.Wall, "≥ 5")
		ratio("Hugo with related articles / warraq, pages: peak memory", float64(full.Peak), float64(pages.Peak), "≥ 5")
		ratio("Hugo without related articles / warraq with them, pages: wall", hugo.Wall, pages.Wall, "≥ 5")
		ratio("Hugo without related articles / warraq with them, pages: peak memory", float64(hugo.Peak), float64(pages.Peak), "≥ 5")
		if pagefind.Wall > 0 {
			ratio("Hugo + Pagefind / warraq, everything: wall", hugo.Wall+pagefind.Wall, all.Wall, "≥ 8 at 10k, ≥ 10 at 100k")
			if full.Wall > 0 {
				ratio("Hugo with related articles + Pagefind / warraq, everything: wall", full.Wall+pagefind.Wall, all.Wall, "the same")
			}
			ratio("max(Hugo, Pagefind) / warraq, everything: peak memory", float64(max(hugo.Peak, pagefind.Peak)), float64(all.Peak), "≥ 10 at 100k")
		}
		ratio("warraq / floor, pages: wall", pages.Wall, at["floor, pages"].Wall, "≤ 2")
		ratio("warraq / floor, everything: wall", all.Wall, at["floor, everything"].Wall, "reported")
		ratio("unchanged / cold, everything: wall", at["warraq, everything, unchanged"].Wall, all.Wall, "≤ 0.05")
		ratio("one added / cold, everything: wall", at["warraq, everything, one added"].Wall, all.Wall, "≤ 0.05")
	}
	return b.String() + parts
}

func processor() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(data)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				return strings.TrimSpace(strings.TrimLeft(name, "\t :"))
			}
		}
	}
	return runtime.GOARCH
}

func kernel() string {
	data, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return runtime.GOOS
	}
	return "Linux " + strings.TrimSpace(string(data))
}

func versions() string {
	hugo := "v0.165.0"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == "github.com/gohugoio/hugo" {
				hugo = d.Version
			}
		}
	}
	return fmt.Sprintf("%s, Hugo %s, Pagefind %s", runtime.Version(), hugo, pagefindVersion)
}

// plot draws wall time against articles, both logarithmic.
func plot(rows []row) string {
	const width, height, margin = 720, 440, 60
	lines := []struct{ what, colour string }{
		{"Hugo v0.165.0, pages", "#b3541e"}, {"Hugo v0.165.0, pages without related articles", "#d98e5f"}, {"Pagefind " + pagefindVersion + " on Hugo's pages", "#7a5195"},
		{"warraq, everything, cold", "#1b6b5a"}, {"warraq, pages, cold", "#3aa17e"},
		{"warraq, everything, one added", "#2f6fb0"}, {"floor, everything", "#888888"},
	}
	rows = slices.DeleteFunc(slices.Clone(rows), row.isPart)
	minX, maxX, minY, maxY := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		minX, maxX = min(minX, math.Log10(float64(r.Articles))), max(maxX, math.Log10(float64(r.Articles)))
		minY, maxY = min(minY, math.Log10(r.Wall)), max(maxY, math.Log10(r.Wall))
	}
	minY, maxY = math.Floor(minY), math.Ceil(maxY)
	x := func(n int) float64 {
		return margin + (math.Log10(float64(n))-minX)/max(maxX-minX, 1e-9)*(width-2*margin-160)
	}
	y := func(s float64) float64 {
		return height - margin - (math.Log10(s)-minY)/max(maxY-minY, 1e-9)*(height-2*margin)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12"><rect width="100%%" height="100%%" fill="#fff"/>`+"\n", width, height)
	for e := minY; e <= maxY; e++ {
		at := y(math.Pow(10, e))
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%g s</text>`+"\n", margin, width-160, at, at, margin-6, at+4, math.Pow(10, e))
	}
	for i, l := range lines {
		var points []string
		last := 0.0
		for _, r := range rows {
			if r.What == l.what {
				points = append(points, fmt.Sprintf("%.1f,%.1f", x(r.Articles), y(r.Wall)))
				last = y(r.Wall)
				fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/><text x="%.1f" y="%d" text-anchor="middle">%d</text>`+"\n", x(r.Articles), last, l.colour, x(r.Articles), height-margin+20, r.Articles)
			}
		}
		if len(points) == 0 {
			continue
		}
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.Join(points, " "), l.colour)
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s">%s</text>`+"\n", width-155, margin+18*i, l.colour, l.what)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
