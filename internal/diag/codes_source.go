package diag

// Codes of package source.
const (
	ContentMissing      Code = "content-missing"
	SourceUnreadable    Code = "source-unreadable"
	SourceNotText       Code = "source-not-text"
	SourceEmpty         Code = "source-empty"
	SourceInvalidBytes  Code = "source-invalid-bytes"
	SourceEncoding      Code = "source-encoding"
	SourceUnused        Code = "source-unused"
	SourceHidden        Code = "source-hidden"
	SourceRecord        Code = "source-record"
	SourceImage         Code = "source-image"
	FrontMatterUnclosed Code = "front-matter-unclosed"
	FrontMatterBroken   Code = "front-matter-broken"
)

func sourceCodes() []Explanation {
	return []Explanation{
		{ContentMissing, Warning, "the site has no content folder",
			"The site has a hugo.toml and no folder content/ beside it: a checkout that is not complete, or a folder that was renamed. The build publishes an archive without articles. `warraq new article TITLE` makes the folder of a new site."},
		{SourceUnreadable, Error, "a source file could not be read",
			"The file system refused the file or folder: permissions, a vanished file, a broken disk. Nothing is written, because an archive without one of its sources would look complete and not be. Mend the permissions or remove the file."},
		{SourceNotText, Warning, "a file is not text",
			"A clipping or article holds NUL bytes or hardly any letters: an image, an archive or a damaged file under a text name. It gets no page. Replace it with the text, or remove it."},
		{SourceEmpty, Warning, "a file holds no text",
			"The file is empty or holds blanks only. It gets no page. Fill it or remove it."},
		{SourceInvalidBytes, Warning, "a file is UTF-8 with some invalid bytes",
			"The text was kept; each run of invalid bytes became one U+FFFD (�). The message names the first byte offset. Restore the damaged letters in the file."},
		{SourceEncoding, Info, "a file is not UTF-8 and was converted",
			"The character set was recognised by a byte order mark or by the letters it gives (UTF-16, Windows-1256, ISO-8859-6). If the text looks wrong, convert the file to UTF-8."},
		{SourceUnused, Info, "a file in the content tree is of no known kind",
			"content/articles takes .md files and the images of page bundles (a folder with index.md); content/clippings takes .txt, .html, .jsonl, .warc and .warc.gz. Other files are not read, nor is what stands beside these two folders and is none of the editors' files: there a misspelt name is a warning, as is a link to a folder, which is not followed."},
		{SourceHidden, Info, "a hidden source is not read",
			"Files and folders whose name begins with a dot are left out, as by most programs: it is a way to put something aside. Take the dot away to have it read."},
		{SourceRecord, Warning, "a record of a crawl file is not readable",
			"A line of a .jsonl file is not a JSON object with the configured text field, or a record of a .warc file is damaged. The other records are read. Mend or remove the record; the fields' names are set in [params.archive.jsonl]."},
		{SourceImage, Warning, "an image of a page bundle is not readable",
			"Its size could not be measured: the file is damaged or not the kind that its name says. Replace it."},
		{FrontMatterUnclosed, Error, "front matter is opened and never closed",
			"A file that begins with --- (YAML), +++ (TOML) or { (JSON) must close it with the same mark on a line of its own, or with }. Without it the whole article would be read as metadata."},
		{FrontMatterBroken, Error, "front matter is not valid YAML, TOML or JSON",
			"The decoder stopped at the place named. A common cause is a title with a colon in it: put the value in quotes, as in title: \"موسكو: لا قرار بعد\"."},
	}
}
