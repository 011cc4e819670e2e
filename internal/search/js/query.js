import { beginKey, behindParticles, bytes, compare, edits, exchangedParticles, fold, formsOf, isStop, keyOf, kin, kinKeys, likeStop, long, near, nearBehind, segments, shortKey, stemOf, trimArticle, withoutParticles, words } from "./analysis.js";
import { Reader } from "./index.js";

// What query.go, match.go and result.go do, step by step.

const quotes = /["«»“”„]/;

export const parse = (q) => {
  const found = [];
  let pos = 0, phrases = 0;
  const add = (text, phrase) => {
    const at = words(text);
    for (let i = 0; i < at.length; i += 2) {
      const word = text.slice(at[i], at[i + 1]), parts = isStop(word) ? [] : segments(fold(word));
      for (const part of parts) {
        if (found.length < 16) found.push({ text: part, term: stemOf(part), pos, phrase, weak: !phrase && likeStop.has(part) });
        pos++;
      }
      if (!parts.length) pos++;
    }
    pos++;
  };
  let rest = q;
  for (let open; (open = rest.search(quotes)) >= 0; ) {
    const inside = rest.slice(open + 1), end = inside.search(quotes);
    add(rest.slice(0, open), 0);
    if (end < 0) {
      rest = inside;
      break;
    }
    add(inside.slice(0, end), ++phrases);
    rest = inside.slice(end + 1);
  }
  add(rest, 0);
  const w = found[found.length - 1];
  if (w && !w.phrase && [...w.text].length >= Math.max(2, 4 - found.length) && !/^[0-9]/.test(w.text) && !/[ \t\n\u00a0]$/.test(q)) w.prefix = true;
  return found;
};

const weights = [0, 16, 12, 8, 12, 3];

const frequent = (c, n) => c.sort((a, b) => b.t.docs - a.t.docs || compare(a.t.text, b.t.text)).slice(0, n);

const exactly = async (ix, word) => {
  const behind = behindParticles(word.text), without = withoutParticles(word.text), exchanged = exchangedParticles(word.text), shards = [];
  for (const term of [word.term, ...without, ...behind]) {
    const i = ix.shardOf(keyOf(term));
    if (shards.length < 3 && !shards.includes(i)) shards.push(i);
  }
  const m = { word, exact: [], near: [] }, others = [];
  let docs = 0;
  for (const t of (await Promise.all(shards.map((i) => ix.shard(i)))).flat())
    if (t.text === word.term) m.exact.push({ t, tier: 1 }), (docs = t.docs);
    else others.push(t);
  m.docs = docs;
  for (const t of others)
    if (
      (behind.includes(t.text) && (docs >= t.docs || (docs === 0 && new TextEncoder().encode(word.term).length >= 8))) ||
      (without.includes(t.text) && t.docs >= 2 * docs) ||
      (!docs && exchanged.includes(t.text))
    ) {
      m.exact.push({ t, tier: 2 });
      m.docs += t.docs;
    } else if (behind.includes(t.text) || near(word.term, t.text) || nearBehind(word.term, t.text) || without.some((f) => !shortKey(f) && near(f, t.text))) m.near.push({ t, tier: 3 });
  m.near = frequent(m.near, 12);
  return m;
};

const completed = async (ix, word) => {
  const begin = trimArticle(word.text), key = beginKey(begin), under = ix.shardsUnder(key, 4);
  if (!key && under.length < ix.keys.length) return []; // it may stand anywhere: too much to read
  const shards = await Promise.all(under.map((i) => ix.shard(i)));
  return frequent(shards.flat().filter((t) => t.text !== word.term && t.text.startsWith(begin)).map((t) => ({ t, tier: 4 })), 24);
};

// related finds the terms that are forms of the same verb.
const related = async (ix, word) => {
  const forms = formsOf(word.term), at = [...new Set(kinKeys(forms).map((key) => ix.shardOf(key)))].slice(0, 2);
  const shards = await Promise.all(at.map((i) => ix.shard(i)));
  return frequent(shards.flat().filter((t) => t.text !== word.term && kin(forms, formsOf(t.text))).map((t) => ({ t, tier: 3 })), 6);
};

const guessed = async (ix, word) => {
  const terms = edits(word.text), votes = new Map();
  for (const term of terms) {
    const i = ix.shardOf(keyOf(term));
    votes.set(i, (votes.get(i) ?? 0) + 1);
  }
  const best = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 4);
  const shards = await Promise.all(best.map(([i]) => ix.shard(i)));
  return frequent(shards.flat().filter((t) => terms.has(t.text)).map((t) => ({ t, tier: 5 })), 12);
};

const log2 = (n) => {
  if (n < 1) return 0;
  const top = 31 - Math.clz32(n);
  return 16 * top + Math.floor((n * 16) / 2 ** top) - 16;
};

const rarity = (n, total) => Math.max(8, log2(total + 1) - log2(n) + 8);

// A document found is [number, score, tier].
const list = async (ix, m, use, least) => {
  const docs = ix.entry.docs;
  let all = [];
  const posts = await Promise.all(use.map((c) => ix.postings(c.t, least)));
  use.forEach((c, i) => {
    const prefix = c.tier === 4;
    const w = weights[c.tier] * rarity((!prefix && m.docs) || c.t.docs, docs) * (prefix && bytes(m.word.text) >= 10 ? 2 : 1);
    all = union(all, posts[i].map(([doc, impact]) => [doc, w * impact, c.tier]));
  });
  return all;
};

const union = (a, b) => {
  if (!a.length) return b;
  const out = [];
  let i = 0, j = 0;
  while (i < a.length && j < b.length)
    if (a[i][0] < b[j][0]) out.push(a[i++]);
    else if (a[i][0] > b[j][0]) out.push(b[j++]);
    else out.push([a[i][0], Math.max(a[i][1], b[j][1]), Math.min(a[i++][2], b[j++][2])]);
  return out.concat(a.slice(i), b.slice(j));
};

const intersect = (a, b) => {
  const out = [];
  let i = 0, j = 0;
  while (i < a.length && j < b.length)
    if (a[i][0] < b[j][0]) i++;
    else if (a[i][0] > b[j][0]) j++;
    else out.push([a[i][0], a[i][1] + b[j][1], Math.max(a[i++][2], b[j++][2])]);
  return out;
};

const horizon = (all, lists, budget) => {
  const chunks = lists.flatMap((use, i) =>
    use.flatMap((c) => c.t.chunks).map((k) => [k.last, k.size + (all[i].word.phrase ? k.placeSize : 0)]),
  ).sort((a, b) => b[0] - a[0]);
  for (const [last, size] of chunks) if ((budget -= size) < 0) return last + 1;
  return 0;
};

const match = async (ix, all, lists, least) => {
  const found = await Promise.all(all.map((m, i) => list(ix, m, lists[i], least)));
  const hits = found.reduce(intersect);
  return hits.length && all.length > 1 ? arrange(ix, all, lists, hits, least) : hits;
};

const arrange = async (ix, all, lists, hits, least) => {
  const size = lists.flat().flatMap((c) => c.t.chunks).reduce((n, c) => n + (c.last >= least ? c.placeSize : 0), 0);
  if (!all.some((m) => m.word.phrase) && size > 32768) return hits;
  const at = await Promise.all(
    all.map(async (m, i) => {
      const found = hits.map(() => []);
      for (const c of lists[i]) if (c.tier <= 2 || !m.word.phrase) await places(ix, c.t, hits, found, least);
      for (const p of found) p.sort((a, b) => a - b);
      return found;
    }),
  );
  return hits.filter((hit, h) => {
    if (!phrasesHold(all, at, h)) return false;
    for (let i = 1; i < all.length; i++)
      hit[1] += Math.floor((hit[1] * nearness(at[i - 1][h], at[i][h], all[i].word.pos - all[i - 1].word.pos)) / (8 * all.length));
    return true;
  });
};

const nearness = (a, b, apart) => {
  let best = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const d = b[j] - a[i];
    if (d === apart) return 8;
    if (Math.abs(d) <= 4) best = Math.max(best, 4);
    else if (Math.abs(d) <= 12) best = Math.max(best, 2);
    if (d > 0) i++;
    else j++;
  }
  return best;
};

const phrasesHold = (all, at, h) => {
  for (let i = 0, j; i < all.length; i = j) {
    const { phrase, pos } = all[i].word;
    for (j = i + 1; phrase && j < all.length && all[j].word.phrase === phrase; ) j++;
    if (!phrase) continue;
    const rest = all.slice(i + 1, j);
    if (!at[i][h].some((p) => rest.every((m, k) => at[i + 1 + k][h].includes(p + m.word.pos - pos)))) return false;
  }
  return true;
};

const places = async (ix, t, hits, at, least) => {
  const add = (r, post, docs) => {
    const ids = new Reader(post);
    for (let h = 0, doc = 0; docs > 0; docs--) {
      doc += ids.uint();
      while (h < hits.length && hits[h][0] < doc) h++;
      const here = h < hits.length && hits[h][0] === doc;
      for (let n = r.uint(), pos = 0; n > 0; n--) {
        pos += r.uint();
        if (here) at[h].push(pos);
      }
    }
  };
  if (t.inline) {
    const r = new Reader(await ix.file(t.places[0]));
    for (let k = t.before; k > 0; k--) for (let n = r.uint(); n > 0; n--) r.uint();
    return add(r, t.inline, t.docs);
  }
  for (const c of t.chunks)
    if (c.last >= least) {
      const [post, place] = await Promise.all([ix.file(t.packs[c.pack]), ix.file(t.places[c.placePack])]);
      add(new Reader(place.subarray(c.placeOffset, c.placeOffset + c.placeSize)), post.subarray(c.offset, c.offset + c.size), c.docs);
    }
};

const group = (tier) => (tier >= 3 ? 1 : 0);

// back matches from the newest documents back until there are enough hits.
const back = async (ix, all, lists, o) => {
  if (lists.some((l) => !l.length)) return [[], true];
  for (let budget = 40960 * (all.some((m) => m.word.phrase) ? 1 : all.length); ; budget *= 2) {
    const least = o.all ? 0 : horizon(all, lists, budget);
    const hits = await match(ix, all, lists, least);
    if (!least || hits.length >= Math.max(20, o.offset + o.limit)) return [hits, !least];
  }
};

const stages = async (ix, all, o) => {
  const lists = all.map((m) => m.exact);
  let [hits, complete] = await back(ix, all, lists, o);
  if (hits.length >= 10) return [hits, complete, lists];
  const missing = (c, ...known) => c.filter((c) => !known.flat().some((k) => k.t.text === c.t.text));
  // widen adds candidates to words, and matches again if there were any.
  const widen = async (by) => {
    let more = false;
    for (const [i, m] of all.entries()) {
      if (m.word.phrase || (m.docs >= 20 && hits.length)) continue;
      const found = missing(await by(m), lists[i]);
      lists[i] = lists[i].concat(found);
      more ||= found.length > 0;
    }
    if (more) [hits, complete] = await back(ix, all, lists, o);
  };
  const known = all.length === 1 || all.some((m) => m.exact.length || m.near.some((c) => long(c.t.text)));
  await widen(async (m) => {
    if (!known) m.near = m.near.filter((c) => !shortKey(c.t.text));
    if (m.exact.length + m.near.length && (all.length === 1 || !hits.length)) m.near.push(...missing(await related(ix, m.word), m.exact, m.near));
    if (m.word.prefix && m.docs < 10) m.near.push(...missing(await completed(ix, m.word), m.exact, m.near));
    return m.near;
  });
  if (hits.length) return [hits, complete, lists];
  const rest = all.filter((m) => !m.word.weak);
  if (rest.length && rest.length < all.length) return stages(ix, rest, o);
  await widen(async (m) => {
    const forms = await related(ix, m.word);
    return m.exact.length ? forms : forms.concat(missing(await guessed(ix, m.word), forms));
  });
  return [hits, complete, lists];
};

const kinds = ["keyword", "person", "place", "organisation"];

// filter keeps the hits that pass the filters and counts facets, each under
// the filters of the others.
const filter = async (ix, hits, o) => {
  const f = { themes: {}, sources: {}, years: {}, kinds: {} }, out = [];
  const wide = o.facets || o.theme || o.source || o.kind;
  if (!wide && !o.year) return [hits, f];
  const count = (c, k) => (c[k] = (c[k] ?? 0) + 1);
  let col;
  for (const h of hits) {
    const b = ix.blockOf(h[0]), year = ix.entry.blocks[b][0].slice(0, 4);
    let d = { themes: [], source: "", kinds: 0 };
    if (wide) {
      if (!col || b < col.first || b >= col.end) col = await ix.columns(b);
      d = col.of(h[0] - col.base);
    }
    const has = kinds.filter((_, k) => (d.kinds >> k) & 1);
    const miss = [!o.theme || d.themes.includes(o.theme), !o.source || d.source === o.source, !o.year || year === o.year, !o.kind || has.includes(o.kind)];
    const n = miss.filter((p) => !p).length;
    if (!n) out.push(h);
    if (!o.facets || n > 1) continue;
    if (!n || !miss[0]) for (const t of d.themes) count(f.themes, t);
    if (d.source && (!n || !miss[1])) count(f.sources, d.source);
    if (year && (!n || !miss[2])) count(f.years, year);
    if (!n || !miss[3]) for (const k of has) count(f.kinds, k);
  }
  return [out, f];
};

// search gives the results of q. Options: theme, source, year, kind, date
// (order), offset, limit, all, facets.
export const search = async (ix, q, o = {}) => {
  o = { offset: 0, limit: 10, ...o };
  const all = await Promise.all(parse(q).map((w) => exactly(ix, w)));
  const res = { hits: [], total: 0, near: 0, words: all, senses: [], complete: true, facets: {} };
  if (!all.length) return res;
  let hits, lists;
  [hits, res.complete, lists] = await stages(ix, all, o);
  res.senses = lists.map((l) => new Set(l.map((c) => c.t.text))); // what may be marked in a text
  [hits, res.facets] = await filter(ix, hits, o);
  hits.sort((a, b) => group(a[2]) - group(b[2]) || (o.date ? 0 : b[1] - a[1]) || b[0] - a[0]);
  res.total = hits.length;
  res.near = hits.filter((h) => group(h[2])).length;
  res.hits = await Promise.all(
    hits.slice(o.offset, o.offset + o.limit).map(async ([doc, score, tier]) => {
      const [id, title, date, source, excerpt] = await ix.record(doc);
      return { id, url: `articles/${id}/`, title, score, tier, date, source, excerpt };
    }),
  );
  return res;
};
