// Package browser holds no product code: its tests build the example archive
// and open it in headless Chromium, as a reader would. They check direction,
// console, layout shift, requests, accessibility (axe-core), HTML (the Nu
// checker) and keyboard, in light and dark, and leave screenshots in
// .screenshots/ at the repository's root.
//
// The tests need Chromium, Node.js with the parts of package.json, and Java for
// the Nu checker: `make tools` installs what can be installed. Where a part is
// missing, the tests that need it are skipped and say so.
package browser
