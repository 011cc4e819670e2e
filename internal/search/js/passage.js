import { fold, segments, stemOf, words } from "./analysis.js";

// The passage of a text in which the words of a query stand. Senses are the
// terms that each word of the query may mean: an array of Sets.

const senseOf = (word, senses) => {
  const terms = segments(fold(word)).map(stemOf);
  return senses.flatMap((s, i) => (terms.some((t) => s.has(t)) ? [i] : []));
};

// lacks reports whether a sense has no word in a text.
export const lacks = (text, senses) => {
  const here = new Set(), at = words(text);
  for (let i = 0; i < at.length; i += 2) for (const s of senseOf(text.slice(at[i], at[i + 1]), senses)) here.add(s);
  return here.size < senses.length;
};

const before = 6, length = 32; // words shown before the first that was found, and in all

// passage gives the part of the paragraphs that holds most senses, the first of
// equals; "" when none holds any.
export const passage = (paragraphs, senses) => {
  let best = "", most = 0;
  for (const text of paragraphs) {
    const at = words(text), n = at.length / 2, found = [];
    for (let i = 0; i < n; i++) for (const s of senseOf(text.slice(at[2 * i], at[2 * i + 1]), senses)) found.push([i, s]);
    for (const [first] of found) {
      const from = Math.max(0, Math.min(first - before, n - length)), to = Math.min(n, from + length);
      const held = new Set(found.filter(([i]) => i >= from && i < to).map(([, s]) => s)).size;
      if (held <= most) continue;
      most = held;
      const cut = text.slice(from ? at[2 * from] : 0, to < n ? at[2 * to - 1] : text.length).trim();
      best = (from ? "… " : "") + cut + (to < n ? " …" : "");
    }
  }
  return best;
};
