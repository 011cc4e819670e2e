// The analysis of words: what package arabic and analysis.go do, by the same
// rules. testdata/vectors.txt holds what both halves must give. Go counts
// bytes of UTF-8, so this half does too where a rule has a length.

export const bytes = (s) => {
  let n = s.length;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c > 0x7f) n++;
    if (c > 0x7ff && (c < 0xd800 || c > 0xdfff)) n++; // a surrogate pair is 4 bytes
  }
  return n;
};

const dropped = (c) =>
  /[\u0640\u115f\u1160\u3164]/.test(c) || (/[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u.test(c) && !/[\t-\r]/.test(c));

const letterMap = {};
for (const [to, from] of Object.entries({
  "ا": "ٱٲٳٵ", "ي": "ىیېےۍێؽؾؿٸ", "ك": "کڪګگڭݣ", "ه": "ةھہەۃۀۂ", "و": "ۇۆۋٶٷ",
  "ب": "پ", "ج": "چ", "ز": "ژ", "ف": "ڤڨ", "σ": "ς",
})) for (const c of from) letterMap[c] = to;
for (let i = 0; i < 10; i++) letterMap[String.fromCharCode(0x660 + i)] = letterMap[String.fromCharCode(0x6f0 + i)] = "" + i;
const letter = (c) => letterMap[c] ?? c;

const memo = (f, known = new Map()) => (c) => {
  let v = known.get(c);
  if (v === undefined) known.set(c, (v = f(c)));
  return v;
};

const foldChar = memo((c) => {
  if (dropped(c)) return "";
  const d = c.normalize("NFKD");
  const spacing = d !== c && /\p{Mn}/u.test(d); // «ﹰ» is a mark on a space: nothing of it stays
  let out = "";
  for (const p of d) if (d === c || !(dropped(p) || (spacing && p === " "))) out += letter(p.toLowerCase());
  return out;
});

// fold gives the form under which texts are compared.
export const fold = (s) => {
  let out = "";
  for (const c of s) out += foldChar(c);
  return out;
};

const lightChar = memo((c) => {
  if (dropped(c)) return "";
  const bare = c.normalize("NFKD");
  const spacing = bare !== c && bare.length > 1 && bare[0] === " ";
  let out = "";
  for (let p of c.normalize("NFKC")) {
    if (dropped(p) || (spacing && p === " ")) continue;
    p = p.toLowerCase();
    out += "أإآؤئىة".includes(p) ? p : letter(p);
  }
  return out;
});

const seats = { "ا\u0653": "آ", "ا\u0654": "أ", "ا\u0655": "إ", "و\u0654": "ؤ", "ي\u0654": "ئ" };
const stopWords = new Set("/*STOPWORDS*/".split(" "));
export const likeStop = new Set([...stopWords].map(fold)); // as they look after folding

// isStop is asked before fold, which makes «على» and «علي» equal.
export const isStop = (word) => {
  if (bytes(word) > 32) return false;
  let out = "";
  for (const c of word) {
    if (c >= "\u0653" && c <= "\u0655") {
      const seat = seats[out.slice(-1) + c];
      if (seat) out = out.slice(0, -1) + seat;
    } else out += lightChar(c);
  }
  return stopWords.has(out);
};

const inWord = memo((c) => /[\p{L}\p{Nd}\p{M}]/u.test(c) && !(c >= "\u2000" && c < "\u2100"));
const joins = memo((c) => /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad\u061c\ufeff]/.test(c));

// words gives the words of s as [start, end, …]; a number whose thousands are
// parted («1,550») is one.
export const words = (s) => {
  const out = [];
  let start = -1, end = 0, i = 0, number = false;
  const digits = (from, to) => /^\p{Nd}+$/u.test(s.slice(from, to)) && [...s.slice(from, to)].length;
  const add = () => {
    const n = digits(start, end), last = out.length - 1;
    if (number && n === 3 && start === out[last] + 1 && ",٬".includes(s[start - 1])) out[last] = end;
    else {
      out.push(start, end);
      number = n > 0 && n <= 3;
    }
    start = -1;
  };
  for (const c of s) {
    if (inWord(c)) {
      if (start < 0) start = i;
      end = i + c.length;
    } else if (start >= 0 && !joins(c)) add();
    i += c.length;
  }
  if (start >= 0) add();
  return out;
};

const clitics = ["و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل"];

// joinedAt gives where a name in one word is parted («عبدالله»), 0 for other words.
const joinedAt = (word) => {
  for (const name of ["عبدال", "ابوظب"]) {
    const i = word.indexOf(name);
    if (i >= 0 && word.length > i + name.length && (!i || clitics.includes(word.slice(0, i)))) return i + 3;
  }
  return 0;
};

const isDigit = (c) => c >= "0" && c <= "9";
export const isArabic = (w) => w >= "\u0600" && w < "\u0800";

// segments gives the parts of a folded word that are worth indexing.
export const segments = (folded) => {
  folded = folded.replace(/[,٬]/g, "").replace(/اا+/g, "ا");
  const out = [], at = words(folded);
  for (let i = 0; i < at.length; i += 2) {
    for (let part of folded.slice(at[i], at[i + 1]).match(/[0-9]+|[^0-9]+/g)) {
      if (isDigit(part[0])) part = part.replace(/^0+(?=.)/, "");
      part = [...part].slice(0, 32).join("");
      if (isArabic(part) && bytes(part) <= 2) continue;
      const n = joinedAt(part);
      if (n) out.push(part.slice(0, n));
      out.push(part.slice(n));
    }
  }
  return out;
};

const articles = ["وبال", "فبال", "وكال", "ولل", "فلل", "وال", "بال", "كال", "فال", "لل", "ال"];
const ownLam = ["جنه", "جان", "اجي", "اعب", "قاء", "حظ", "يبي", "غه", "واء", "بنان", "يل"];

const noArticle = ["وكالت", "وكالات", "والدت", "والده", "باليست", "بالست", "بالغون", "بالغين", "بالون", "كاليفور", "كالينين", "فالنتين", "فالنسي", "فالير"];

export const trimArticle = (w) => {
  if (noArticle.some((n) => w.startsWith(n))) return w;
  const p = articles.find((a) => w.startsWith(a));
  if (!p) return w;
  let rest = w.slice(p.length);
  if (p.endsWith("لل") && ownLam.some((o) => rest.startsWith(o))) return w.slice(p.length - 1);
  if (bytes(rest) < (p === "ال" ? 4 : 6)) return w;
  if (rest.startsWith("ال") && bytes(rest) >= 10) rest = rest.slice(2);
  return rest;
};

// ending gives the number of letters to take off w.
const ending = (w) => {
  const n = bytes(w) / 2;
  if (n < 4 || n % 1 || w[0] < "\u0600" || w[0] > "\u067f") return 0;
  const e3 = w.slice(-3), e2 = w.slice(-2), e1 = w.slice(-1);
  if (n >= 6 && ["تها", "تهم", "تنا", "هما", "تان", "تين"].includes(e3)) return 3;
  if (n >= 5 && ["ها", "ته", "وا", "ات", "يه"].includes(e2)) return 2;
  if (n >= 6 && ["ان", "ون", "ين", "هم", "نا"].includes(e2)) return 2;
  return "هيا".includes(e1) ? 1 : 0;
};

const irregular = Object.fromEntries("/*IRREGULAR*/".split(" ").map((p) => p.split("=")));

// stemOf gives the term under which a segment is indexed.
export const stemOf = (w) => {
  if (!isArabic(w)) return w;
  w = trimArticle(w);
  if (irregular[w]) return irregular[w];
  for (let n; (n = ending(w)); ) w = w.slice(0, -n);
  return irregular[w] ?? w;
};

const sounds = { "ز": "س", "غ": "ج", "ط": "ت" };

const consonants = (term) => term.replace(/[اويءئؤأإآى]/g, "");
const skeleton = (term) => consonants(term).replace(/[زغط]/g, (c) => sounds[c]);
const once = (s) => s.replace(/(.)\1+/gsu, "$1");
const singly = (s) => ((o) => (bytes(o) < 4 ? s : o))(once(s));

// skeletonLess gives the consonants without a leading particle, where least
// bytes stay, and without endings, where two letters stay.
const skeletonLess = (term, least, ...endings) => {
  if (!isArabic(term)) return term;
  let s = singly(consonants(term));
  if (s && "بلكف".includes(s[0]) && bytes(s) - 2 >= least) s = s.slice(1);
  for (const e of endings) if (s && e.includes(s.slice(-1)) && bytes(s) >= 6) s = s.slice(0, -1);
  return singly(skeleton(s)) || term;
};
export const keyOf = (term) => skeletonLess(term, 4, "ن", "هت");
const nearKey = (term) => skeletonLess(term, Infinity, "هت");

// beginKey gives what the keys of all words begin with that begin so.
export const beginKey = (begin) => (isArabic(begin) && !consonants(begin) ? "" : skeletonLess(begin, 2, "ن", "هت"));

export const behindParticles = (text) => {
  if (!isArabic(text)) return [];
  const bare = trimArticle(text);
  return clitics.slice(0, -2).map((c) => stemOf(c + bare)); // the keys behind «فب» and «فل» lie elsewhere
};

export const withoutParticles = (text) =>
  clitics.filter((c) => text.startsWith(c) && isArabic(text) && bytes(text) - bytes(c) >= 6).map((c) => stemOf(text.slice(c.length)));

export const exchangedParticles = (text) =>
  clitics
    .filter((c) => text.startsWith(c) && isArabic(text) && bytes(text) - bytes(c) >= 8)
    .flatMap((c) => clitics.map((other) => stemOf(other + text.slice(c.length))));

const cut = (s, ends) => {
  const e = ends.find((e) => s.endsWith(e) && bytes(s) - bytes(e) >= 4);
  return e ? s.slice(0, -e.length) : s;
};
const core = (term) => cut(term, ["اء", "ا", "ه", "ي", "ء"]);
const withoutAlef = (r) => (r[0] === "ا" && r.length > 3 ? r.slice(1) : r);

// near reports whether b may be a broken plural, a singular or another spelling
// of a, or one of them the dual, plural or feminine verb of the other.
export const near = (a, b) => a !== b && isArabic(a) && isArabic(b) && (singulars(a).includes(b) || singulars(b).includes(a) || alike(a, b) || inflected(a, b) || inflected(b, a));

const inflected = (a, b) =>
  ["ان", "ين", "ون", "ت", "تان", "تين"].some((end) => {
    const base = b.slice(0, -end.length);
    return b.endsWith(end) && bytes(base) >= (end === "ت" ? 6 : 4) && (base === a || (!shortKey(a) && alike(a, base)));
  });

const alike = (a, b) => {
  const key = nearKey(a);
  if (bytes(key) < 4 || key !== nearKey(b)) return false;
  const x = [...core(a)], y = [...core(b)], short = shortKey(a), r = [repeats(a), repeats(b)];
  if (short && (x[x.length - 1] !== y[y.length - 1] || (r.includes(2) && r.includes(0)))) return false;
  const within = (x, y) => (short ? front(x) === front(y) && distance(x, y, 1) <= 1 : distance(x, y, 2) <= 2);
  return within(x, y) || within(withoutAlef(x), withoutAlef(y));
};

const front = (r) => r[r[0] === "ي" && r.length > 2 ? 1 : 0];

export const long = (term) => bytes(nearKey(term)) >= 8;
export const shortKey = (term) => bytes(nearKey(term)) <= 4;

// nearBehind reports whether b may be a variant of a behind a joined particle.
export const nearBehind = (a, b) =>
  isArabic(b) &&
  clitics.some((c) => {
    const rest = b.slice(c.length);
    return b.startsWith(c) && ((irregular[rest] ?? 0) === a || (bytes(rest) >= 8 && near(a, rest)) || (bytes(rest) >= 6 && inflected(rest, a)));
  });

// repeats tells whether a consonant stands twice: 0 never, 1 beside, 2 apart.
const repeats = (term) => {
  const s = skeleton(term);
  return once(s) === s ? 0 : once(term) !== term ? 1 : 2;
};

// singulars gives the words of two consonants of which a term may be the broken plural.
const singulars = (plural) => {
  const r = [...plural], n = r.length, at = (i, letter) => r[i] === letter;
  if (n === 5 && at(0, "ا") && at(3, "ا") && at(4, "ء")) return ["و", "ي", "ء", "ا", "ي" + r[2]].map((end) => r[1] + r[2] + end);
  if (n === 6 && at(0, "ا") && at(3, "ي") && at(4, "ا") && at(5, "ء")) return [r[1] + r[2] + r[3]];
  if (n === 5 && at(0, "ا") && at(3, "ا") && r[2] === r[4]) return [r[1] + r[2]];
  if (n === 4 && (at(2, "و") || at(2, "ا")) && r[1] === r[3]) return [r[0] + r[1], r[0] + "ا" + r[1], r[0] + r[1] + "ه"];
  if (n === 5 && at(1, "ي") && at(3, "ا") && at(4, "ن")) return [r[0] + "ا" + r[2], r[0] + "و" + r[2]];
  if (n === 4 && at(2, "و") && at(3, "ء")) return [r[0] + r[1] + "ا"];
  if (n === 4 && at(1, "و") && at(2, "و")) return [r[0] + "ا" + r[3]];
  if (n === 5 && at(1, "و") && at(3, "ا") && at(4, "ء")) return [r[0] + "يي" + r[2]];
  if (n === 3 && at(0, "ا")) return [r[1] + r[2] + "ي" + r[2], r[1] + r[2] + "اء", r[1] + "ا" + r[2]];
  return [];
};

// formsOf gives the readings of a term as a form of a root: [pattern + root, derived].
export const formsOf = (term) => {
  const forms = [];
  if (!isArabic(term)) return forms;
  let r = [...term];
  for (let i = 0; i < 3; i++) {
    addForms(forms, r);
    if (r.length > 3 && r[r.length - 1] === "ت") addForms(forms, r.slice(0, -1));
    if (r.length < 5 || !"وفبلكس".includes(r[0])) break;
    r = r.slice(1);
  }
  return forms;
};

const addForms = (forms, r) => {
  const add = (pattern, root, least, derived) => {
    const s = once(skeleton(root.join("")));
    if (bytes(s) >= 2 * least) forms.push([pattern + s, derived]);
  };
  const vowel = (i) => "اويء".includes(r[i]), n = r.length, imperfect = "يتن".includes(r[0]), m = r[0] === "م";
  add(0, r, 3, false);
  if (imperfect && n >= 4) add(0, r.slice(1), 3, true);
  if (m) add(0, r.slice(1), 4, true);
  if (n === 5 && r[0] === "ت" && r[3] === "ي" && !vowel(1) && !vowel(2) && !vowel(4)) {
    add(0, r.slice(1), 3, true);
    add(1, r.slice(1), 3, true);
  } else if (n === 4 && m) add(1, r.slice(1), 3, false);
  const k = n - 4;
  if ((k === 0 || (k === 1 && (imperfect || m))) && "او".includes(r[k + 1]) && !vowel(k) && !vowel(k + 2) && !vowel(k + 3)) add(2, r.slice(k), 3, k === 1 && m);
  if (n === 5 && r[0] === "ا" && r[3] === "ا" && r[4] === "ء") add(3, r.slice(1, 3), 2, true);
  else if (n === 3 && (imperfect || r[0] === "ا")) add(3, r.slice(1), 2, false);
  if (n >= 4 && "ايتنم".includes(r[0]) && r[2] === "ت" && !vowel(1)) {
    const root = [r[1], ...r.slice(3)];
    if (bytes(skeleton(root.join(""))) === 4) add(4, root, 2, m || imperfect);
  }
};

// kin reports whether two terms, by their forms, may be forms of one verb.
export const kin = (a, b) => a.some((x) => b.some((y) => x[0] === y[0] && (x[1] || y[1])));

// kinKeys gives the keys under which forms of the same root stand.
export const kinKeys = (forms) => [
  ...new Set(forms.filter((f) => f[0][0] === "0").flatMap((f) => ["", "ت", "م", "س"].map((before) => keyOf(before + f[0].slice(1))))),
];

const distance = (a, b, limit) => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [], row = [...b, 0].map((_, j) => j), next = [];
  for (let i = 1; i <= a.length; i++) {
    next[0] = i;
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[b.length], limit + 1);
};

const soundAlike = ["دذ", "ضظ", "سص", "تط", "تث", "سث", "ذز", "دض"]; // letters mistaken for each other

// edits gives the terms of the words one edit from a mistyped one.
export const edits = (text) => {
  const found = new Set();
  let alphabet = "abcdefghijklmnopqrstuvwxyz", least = 4;
  const length = bytes(text);
  if (isArabic(text)) {
    alphabet = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء";
    text = trimArticle(text);
  }
  const r = [...text], front = bytes(text) < length ? 1 : 0; // behind an article no first letter is missing
  const put = (i, n, ...by) => stemOf(r.slice(0, i).concat(by, r.slice(i + n)).join(""));
  if (isDigit(text[0])) return found;
  if (r.length > 2)
    for (const [a, b] of r.length > 3 ? soundAlike : soundAlike.slice(0, 2))
      r.forEach((c, i) => (c === a || c === b) && found.add(put(i, 1, c === a ? b : a)));
  if (r.length < least) return found;
  if (r.length === 5) least = 3;
  const replace = (i, n, ...by) => {
    const term = put(i, n, ...by);
    if ([...term].length >= least) found.add(term);
  };
  for (let i = 0; i < r.length; i++) {
    if (r.length > 5 || r[i] === r[i - 1] || (i < 4 && [...put(i, 1)].length > 3)) replace(i, 1);
    if (i) replace(i - 1, 2, r[i], r[i - 1]);
  }
  for (const l of alphabet)
    for (let i = 0; i <= r.length; i++) {
      if (i >= front) replace(i, 0, l);
      if (i < r.length) replace(i, 1, l);
    }
  return found;
};

// compare orders texts by code point, as Go orders their bytes.
export const compare = (a, b) => {
  const x = [...a], y = [...b];
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i].codePointAt(0) - y[i].codePointAt(0);
  return x.length - y.length;
};
