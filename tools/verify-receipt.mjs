#!/usr/bin/env node
/**
 * Checks a receipt of Kopā, offline. Needs this file alone, Node 18 or newer, and nothing of Kopā: copy it, read it.
 *
 *   node verify-receipt.mjs RECEIPT --key KEY [--content CONTENT] [--proof PROOF]
 *                           [--head HEAD --consistency CONSISTENCY]
 *
 *   RECEIPT       the receipt (JSON): of an act, or of an application that was handed in
 *   KEY           the log's public keys: a file, or a key itself (name+id+base64). From /api/v1/audit/key, once,
 *                 and best from somebody else as well
 *   CONTENT       what was handed in (JSON), as it was exported: whether it is that of the receipt
 *   PROOF         that the entry is in the log (JSON), from /api/v1/audit/proofs/ENTRY; left out: the one that the
 *                 receipt of an application holds, once it had one
 *   HEAD          a head that you kept, from /api/v1/audit/checkpoint
 *   CONSISTENCY   that the log of HEAD is the beginning of the proof's, from /api/v1/audit/consistency?from=…&to=…
 *
 * Exit status: 0 all of it holds, 1 something does not, 64 wrong use. What is checked is described in docs/audit.md
 * and docs/submitting.md.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const hex = (text) => Buffer.from(text, 'hex')
// The tree of RFC 9162, section 2.1.
const leafHash = (leaf) => sha256(Buffer.from([0]), leaf)
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right)

/** @returns what it was given; fails where it does not hold */
function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
  return holds
}

const { values, positionals } = argumentsGiven()
try {
  const log = readLog(values.key)
  const given = jsonIn(positionals[0])
  const receipt = given.audit ?? given
  checkReceipt(receipt, log)
  if (given.audit) checkSubmission(given)
  if (values.content) checkContent(given, jsonIn(values.content))
  const proof = values.proof ? jsonIn(values.proof) : given.proof
  if (proof) {
    const head = checkProof(receipt, proof, log)
    if (values.head) {
      checkConsistency(readFileSync(values.head, 'utf8'), head, log, values.consistency)
    }
  }
} catch (error) {
  // Of a file that cannot be read nothing is known, neither that it is genuine nor that it is not.
  console.error(error.cause === undefined ? `NOT VALID: ${error.message}` : error.message)
  process.exitCode = 1
}

function jsonIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON`, { cause })
  }
}

function argumentsGiven() {
  const options = Object.fromEntries(
    ['key', 'content', 'proof', 'head', 'consistency'].map((name) => [name, { type: 'string' }])
  )
  try {
    const given = parseArgs({ options, allowPositionals: true })
    const { head, consistency } = given.values
    if (given.values.key && given.positionals.length === 1 && Boolean(head) === Boolean(consistency))
      return given
  } catch {
    // Said below.
  }
  console.error(
    'node verify-receipt.mjs RECEIPT --key KEY [--content CONTENT] [--proof PROOF] [--head HEAD --consistency CONSISTENCY]'
  )
  process.exit(64)
}

function checkReceipt(receipt, log) {
  must(receipt.receipt === 1, 'this is no receipt of Kopā')
  const { entry, payload, salt, note } = receipt
  must(receipt.log === log.name, `the receipt is of ${receipt.log}, the key of ${log.name}`)
  must(digestOf(entry) === entry.digest, 'the entry does not have the digest that the receipt names')
  const [said, digest] = readNote(note, log)
  must(
    said === 'receipt' && digest === hex(entry.digest).toString('base64'),
    'the signature is for another entry'
  )
  console.log(`Signed by ${log.name}: ${entry.act}, ${entry.at},`)
  console.log(`  by ${JSON.stringify(entry.by)}, on ${entry.subject.kind} ${entry.subject.id}.`)
  // The digest is not made of it: whoever looks for the entry needs it, and nobody vouches for it.
  console.log(`  Not signed: that the database calls it entry ${JSON.stringify(entry.id)}.`)
  if (payload === undefined) return
  const payloadDigest = sha256(hex(salt), canonicalJson(payload)).toString('hex')
  must(payloadDigest === entry.payloadDigest, 'the payload is not the one that was recorded')
  console.log(`  What was recorded: ${JSON.stringify(payload)}`)
}

/** Whether what the receipt of an application says is what was signed. */
function checkSubmission({ audit: { entry, payload }, ...said }) {
  must(said.receipt === 'kopa-submission/1', 'this is no receipt of an application')
  must(payload !== undefined, 'the receipt does not hold what was recorded')
  must(
    entry.act === 'applications.submitted' &&
      entry.subject.kind === 'submissions' &&
      entry.subject.id === said.call,
    'the entry is not of an application handed in under this call'
  )
  must(said.number === entry.number, 'the number is not the one that was signed')
  must(said.acceptedAt === entry.at, 'it was not on record then')
  must(
    said.receivedAt === payload.received &&
      Date.parse(said.receivedInBrussels) === Date.parse(said.receivedAt) &&
      said.clockErrorMilliseconds === payload.clockErrorMilliseconds &&
      said.deadline === payload.deadline,
    'it was not received then'
  )
  for (const name of ['application', 'title', 'coordinator', 'call', 'declaration', 'sha256'])
    must(said[name] === payload[name], `${name} is not what was signed`)
  console.log(`Application ${said.application} (${said.title}), number ${said.number} of call ${said.call},`)
  console.log(`  received ${said.receivedInBrussels} (± ${said.clockErrorMilliseconds} ms),`)
  console.log(`  on record ${said.acceptedAt}; the deadline was ${said.deadline}.`)
}

/** Whether the content is the one whose hash was signed: each answer, and everything else. */
function checkContent({ sha256: signed, audit }, { format, answers, ...rest }) {
  must(audit, 'only the receipt of an application goes with a content')
  must(format === 'kopa-application/1', 'this is no content of an application')
  const digests = Object.fromEntries(
    Object.entries(answers).map(([path, answer]) => [path, sha256(canonicalJson(answer)).toString('hex')])
  )
  const manifest = canonicalJson({ ...rest, format, answers: digests })
  must(sha256(manifest).toString('hex') === signed, 'the content is not the one that was handed in')
  console.log(`The content is the one that was handed in: ${Object.keys(answers).length} answers.`)
}

/** SHA-256 of the entry's core, its number and moment, and the digest of the entry before about the same subject. */
function digestOf({ act, at, by, number, payloadDigest, previous, subject }) {
  const core = sha256(
    canonicalJson({ act, by, payload: payloadDigest, subject: { id: subject.id, kind: subject.kind } })
  )
  const place = Buffer.alloc(12)
  place.writeInt32BE(number, 0)
  place.writeBigInt64BE(microsecondsSince2000(at), 4)
  return sha256(core, place, previous === null ? '' : hex(previous)).toString('hex')
}

function microsecondsSince2000(at) {
  const [, seconds, fraction] = must(/^(.{19})\.(\d{6})Z$/.exec(at), `no moment: ${at}`)
  return (BigInt(Date.parse(`${seconds}Z`)) / 1000n - 946684800n) * 1000000n + BigInt(fraction)
}

/** JSON as in RFC 8785: keys in order of UTF-16 code units, no spaces. */
function canonicalJson(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`)
  return `{${members.join(',')}}`
}

/** @returns the head that the proof leads to */
function checkProof({ entry }, { position, path, head: note }, log) {
  const head = readHead(note, log)
  must(
    isIncluded(hex(entry.digest), position, head, path.map(hex)),
    'the proof does not lead to the signed head'
  )
  console.log(`In the log: place ${position} of ${head.size}, signed ${head.moment}.`)
  return head
}

function checkConsistency(kept, newer, log, file) {
  const older = readHead(kept, log)
  const { to, path } = jsonIn(file)
  const proved = readHead(to, log)
  must(
    proved.size === newer.size && proved.root.equals(newer.root),
    'the consistency proof is for another head'
  )
  must(isConsistent(older, newer, path.map(hex)), 'the log is not the one of the head that you kept')
  console.log(`The same log as that of the head you kept (${older.size} entries, signed ${older.moment}).`)
}

/** A head: a checkpoint as in c2sp.org/tlog-checkpoint, with the moment of signing below. */
function readHead(note, log) {
  const [size, root, moment] = readNote(note, log)
  must(/^\d{1,15}$/.test(size) && root && moment?.startsWith('sealed '), 'this is no head of a log')
  return { size: Number(size), root: Buffer.from(root, 'base64'), moment: moment.slice('sealed '.length) }
}

/** @returns the lines that a key of the log signed (c2sp.org/signed-note), without the first, which is its name */
function readNote(note, { name, keys }) {
  const end = note.indexOf('\n\n')
  const body = note.slice(0, end + 1)
  const [first, ...lines] = body.split('\n').slice(0, -1)
  must(end >= 0 && first === name, 'a signed note is of another log')
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .filter((line) => line.startsWith(`— ${name} `))
    .map((line) => Buffer.from(line.slice(name.length + 3), 'base64'))
  const isSigned = signatures.some((bytes) =>
    keys
      .filter(({ id }) => bytes.subarray(0, 4).equals(id))
      .some(({ publicKey }) => verify(null, Buffer.from(body), publicKey, bytes.subarray(4)))
  )
  must(isSigned, 'a signature is not by this key')
  return lines
}

/** The log whose keys are given: its name, and every key in the text. */
function readLog(given) {
  const text = existsSync(given) ? readFileSync(given, 'utf8') : given
  const found = [...text.matchAll(/([^+\s"]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{44})/g)]
  must(found.length > 0, 'there is no key in --key')
  const name = found[0][1]
  const keys = found.map(([, of, id, encoded]) => {
    const bytes = Buffer.from(encoded, 'base64')
    must(of === name, 'the keys are of several logs')
    must(bytes.length === 33 && bytes[0] === 1, 'the key is not of Ed25519')
    must(sha256(`${name}\n`, bytes).subarray(0, 4).equals(hex(id)), 'the key was copied wrongly')
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }
    return { id: hex(id), publicKey: createPublicKey({ key: jwk, format: 'jwk' }) }
  })
  return { name, keys }
}

/** RFC 9162, section 2.1.3.2. */
function isIncluded(leaf, position, { size, root }, path) {
  if (!Number.isSafeInteger(position) || position < 0 || position >= size) return false
  let [place, last, found] = [position, size - 1, leafHash(leaf)]
  for (const beside of path) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      found = nodeHash(beside, found)
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
    } else found = nodeHash(found, beside)
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  return last === 0 && found.equals(root)
}

/** RFC 9162, section 2.1.4.2. */
function isConsistent(older, newer, path) {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return path.length === 0 && older.root.equals(newer.root)
  if (older.size === 0) return path.length === 0
  const [first, ...rest] = Number.isInteger(Math.log2(older.size)) ? [older.root, ...path] : path
  if (!first) return false
  let [place, last, before, after] = [older.size - 1, newer.size - 1, first, first]
  while (place % 2 === 1) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  for (const beside of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      ;[before, after] = [nodeHash(beside, before), nodeHash(beside, after)]
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
    } else after = nodeHash(after, beside)
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  return last === 0 && before.equals(older.root) && after.equals(newer.root)
}
