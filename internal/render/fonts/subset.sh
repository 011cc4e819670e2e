#!/bin/sh
# Makes static/fonts/*.woff2: two weights of type in 25 KB.
#
# Takes the Arabic and Latin files of @fontsource/noto-naskh-arabic and
# @fontsource/noto-kufi-arabic (5.3, OFL) from a node_modules folder, keeps the
# letters, marks and digits of Arabic and Persian, and joins to them the ASCII
# digits, «» and punctuation, which the Arabic files lack: numbers would
# otherwise change face inside a sentence. Needs fonttools and brotli.
#
#	npm i --ignore-scripts @fontsource/noto-naskh-arabic @fontsource/noto-kufi-arabic
#	sh internal/render/fonts/subset.sh node_modules static/fonts
set -eu
export SOURCE_DATE_EPOCH=0 # the time in the head table
modules=${1:?folder node_modules} out=${2:?folder to write to}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
arabic="U+060C,U+0615,U+061B,U+061C,U+061F,U+0621-063A,U+0640-0652,U+0654,U+0655,U+0660-066C,U+0670,U+0671,U+067E,U+0686,U+0698,U+06A4,U+06A9,U+06AF,U+06C1,U+06CC,U+06D5,U+06F0-06F9,U+200C,U+200D"
latin="U+0020-0022,U+0025,U+0028-003A,U+005B,U+005D,U+00A0,U+00AB,U+00B7,U+00BB,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2026,U+2039,U+203A"
face() { # package, weight, name
	files=$modules/@fontsource/$1/files
	"$python" -m fontTools.subset "$files/$1-arabic-$2-normal.woff2" --unicodes="$arabic" --layout-features='*' --no-hinting --output-file="$work/arabic.ttf"
	"$python" -m fontTools.subset "$files/$1-latin-$2-normal.woff2" --unicodes="$latin" --layout-features=kern --no-hinting --output-file="$work/latin.ttf"
	"$python" -m fontTools.merge "$work/arabic.ttf" "$work/latin.ttf" --output-file="$work/both.ttf"
	"$python" -m fontTools.subset "$work/both.ttf" --unicodes='*' --layout-features='*' --no-hinting --flavor=woff2 --output-file="$out/$3.woff2"
}
face noto-naskh-arabic 400 naskh-400
face noto-kufi-arabic 700 kufi-700
cp "$modules/@fontsource/noto-naskh-arabic/LICENSE" "$out/OFL.txt"
