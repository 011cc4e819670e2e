import { compare } from "./analysis.js";

// The files of the index: docs/search.md.

export class Index {
  // read(path) gives the bytes of a file below search/, decompressed.
  constructor(read) {
    this.read = read;
    this.files = new Map();
    this.decoded = new Map(); // shards
  }

  // open reads the entry; it must be called before all else.
  async open() {
    const e = (this.entry = JSON.parse(new TextDecoder().decode(await this.read("index.bin"))));
    if (e.version !== 3) throw new Error("version");
    this.keys = e.shards ? e.keys.split(" ") : [];
    return this;
  }

  file(name, suffix = "") {
    const path = `i/${name.slice(0, 2)}/${name.slice(2)}${suffix}.bin`;
    let f = this.files.get(path);
    if (!f) {
      f = this.read(path);
      this.files.set(path, f);
      f.catch(() => this.files.delete(path));
    }
    return f;
  }

  // shardOf gives the number of the shard that holds a key.
  shardOf(key) {
    let low = 0, high = this.keys.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (compare(this.keys[mid], key) <= 0) low = mid + 1;
      else high = mid;
    }
    return Math.max(0, low - 1);
  }

  shardsUnder(prefix, limit) {
    const out = [this.shardOf(prefix)];
    for (let i = out[0] + 1; i < this.keys.length && out.length < limit && this.keys[i].startsWith(prefix); i++) out.push(i);
    return out;
  }

  async shard(i) {
    if (i >= this.keys.length) return [];
    const raw = await this.file(this.entry.shards.slice(12 * i, 12 * i + 12));
    let s = this.decoded.get(raw);
    if (!s) this.decoded.set(raw, (s = decodeShard(raw)));
    return s;
  }

  async postings(t, least) {
    if (t.inline) return decodePostings(t.inline, t.docs, least);
    const parts = t.chunks.filter((c) => c.last >= least);
    const packs = await Promise.all(parts.map((c) => this.file(t.packs[c.pack])));
    return parts.flatMap((c, i) => decodePostings(packs[i].subarray(c.offset, c.offset + c.size), c.docs, least));
  }

  // blockOf gives the block of a document number.
  blockOf(doc) {
    const blocks = this.entry.blocks;
    let low = 0, high = blocks.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (blocks[mid][1] <= doc) low = mid + 1;
      else high = mid;
    }
    return Math.max(0, low - 1);
  }

  async record(doc) {
    const [, base, , , name, shift] = this.entry.blocks[this.blockOf(doc)], slot = doc - base;
    const raw = await this.file(name, "-" + (slot >> shift));
    return JSON.parse(new TextDecoder().decode(raw))[slot & (2 ** shift - 1)];
  }

  async names() {
    return JSON.parse(new TextDecoder().decode(await this.file(this.entry.names)));
  }

  // columns gives the facets in the column file that covers a block.
  async columns(block) {
    let first = 0;
    for (const [blocks, name] of this.entry.columns) {
      if (block < first + blocks) {
        const slots = this.entry.blocks.slice(first, first + blocks).reduce((n, b) => n + b[2], 0);
        const r = new Reader(await this.file(name));
        const head = r.bytes(r.uint());
        const tables = JSON.parse(new TextDecoder().decode(head)), at = r.at, raw = r.b;
        const two = (column, i) => raw[at + 2 * (column * slots + i)] | (raw[at + 2 * (column * slots + i) + 1] << 8);
        return {
          first, end: first + blocks, base: this.entry.blocks[first][1],
          of: (i) => ({ themes: (tables.themes ?? [])[two(0, i)] ?? [], source: tables.sources[two(1, i)], kinds: raw[at + 4 * slots + i] }),
        };
      }
      first += blocks;
    }
    throw new Error("columns");
  }
}

export class Reader {
  constructor(b) {
    this.b = b;
    this.at = 0;
  }
  uint() {
    let v = 0, shift = 1, c;
    do {
      if (this.at >= this.b.length) throw new Error("damaged");
      c = this.b[this.at++];
      v += (c & 127) * shift;
      shift *= 128;
    } while (c > 127);
    return v;
  }
  bytes(n) {
    if (this.at + n > this.b.length) throw new Error("damaged");
    return this.b.subarray(this.at, (this.at += n));
  }
  name() {
    return Array.from(this.bytes(6), (x) => x.toString(16).padStart(2, "0")).join("");
  }
}

const decodeShard = (raw) => {
  const r = new Reader(raw), utf8 = new TextDecoder(), terms = [];
  const packs = Array.from({ length: r.uint() }, () => r.name());
  const places = Array.from({ length: r.uint() }, () => r.name());
  let last = new Uint8Array(0), before = 0, pack = -1, offset = 0, placePack = 0, placeOffset = 0;
  for (let n = r.uint(); n > 0; n--) {
    const shared = last.subarray(0, r.uint()), rest = r.bytes(r.uint());
    const text = new Uint8Array(shared.length + rest.length);
    text.set(shared);
    text.set(rest, shared.length);
    last = text;
    const t = { text: utf8.decode(text), docs: r.uint(), packs, places, chunks: [] };
    const chunks = r.uint();
    if (!chunks) {
      const start = r.at;
      for (let i = 0; i < t.docs; i++) r.uint();
      r.bytes((t.docs + 1) >> 1);
      t.inline = raw.subarray(start, r.at);
      t.before = before;
      before += t.docs;
    }
    let doc = 0;
    for (let i = 0; i < chunks; i++) {
      const c = { docs: r.uint(), last: (doc += r.uint()) };
      let size = r.uint();
      if (size & 1) pack++, (offset = 0);
      Object.assign(c, { pack, offset, size: size >> 1 });
      offset += c.size;
      size = r.uint();
      if (size & 1) placePack++, (placeOffset = 0);
      Object.assign(c, { placePack, placeOffset, placeSize: size >> 1 });
      placeOffset += c.placeSize;
      t.chunks.push(c);
    }
    terms.push(t);
  }
  return terms;
};

const decodePostings = (raw, docs, least) => {
  const r = new Reader(raw), ids = new Uint32Array(docs), out = [];
  for (let i = 0, doc = 0; i < docs; i++) ids[i] = doc += r.uint();
  for (let i = 0; i < docs; i++) if (ids[i] >= least) out.push([ids[i], (raw[r.at + (i >> 1)] >> ((i & 1) * 4)) & 15]);
  return out;
};
