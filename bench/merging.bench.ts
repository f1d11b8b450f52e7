/**
 * Two who write in one answer, one of them offline for an hour: what bringing it together costs, in time, memory and
 * bytes, beside Yjs. `npm run bench merging`; needs nothing running.
 */
import * as Y from 'yjs'
import { type Delta, apply, compose } from '../src/modules/applications/writing/delta.ts'
import { type KeptDelta, keptDelta, mergeDelta } from '../src/modules/applications/writing/merge.ts'
import { sideBySide } from './measure.ts'
import { type Target, atMost, figure, table, targetsTable, writeResults } from './report.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 7
const begin = 'Projektā trīs skolas kopā ar vietējo bibliotēku veidos lasīšanas klubus. '.repeat(40)
// An hour of somebody who does nothing else: three keys a second, saved every two seconds while online.
const keys = 3 * 3600
const keysOfOneSave = 6

/** The same numbers every time. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return Math.floor((state / 4_294_967_296) * below)
  }
}

/** What a person does: writes on at a place for a while, deletes now and then, goes elsewhere. */
function hourOf(seed: number): Delta[] {
  const random = numbers(seed)
  let length = begin.length
  let place = random(length)
  return Array.from({ length: keys }, (): Delta => {
    if (random(40) === 0) place = random(length + 1)
    if (random(8) === 0 && place > 0) {
      length--
      return [[--place, 1, '']]
    }
    length++
    return [[place++, 0, 'aeiouknrst '[random(11)]!]]
  })
}

const online = hourOf(1)
const offline = hourOf(2)
const saves = Array.from({ length: keys / keysOfOneSave }, (_, at) =>
  online.slice(at * keysOfOneSave, (at + 1) * keysOfOneSave).reduce(compose)
)
const away = offline.reduce(compose)
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

const base = new Y.Doc()
base.clientID = 1
base.getText('t').insert(0, begin)
const start = Y.encodeStateAsUpdate(base)
const typedInto = (client: number, changes: readonly Delta[]) => {
  const doc = new Y.Doc()
  doc.clientID = client
  Y.applyUpdate(doc, start)
  const text = doc.getText('t')
  for (const [[at, remove, insert]] of changes as [[number, number, string]][]) {
    if (remove > 0) text.delete(at, remove)
    if (insert !== '') text.insert(at, insert)
  }
  return doc
}
const onlineDoc = typedInto(2, online)
const onlineState = Y.encodeStateAsUpdate(onlineDoc)
const offlineUpdate = Y.encodeStateAsUpdate(typedInto(3, offline), Y.encodeStateVector(base))

let standing = begin
const kept: KeptDelta[] = []
for (const save of saves) {
  kept.push(keptDelta(standing, save))
  standing = apply(standing, save)
}
const merged = mergeDelta(standing, kept, away)!
const size = (text: string) => text.length
const yMerged = () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, onlineState)
  Y.applyUpdate(doc, offlineUpdate)
  return doc.getText('t').toString()
}
if (size(yMerged()) !== size(merged.text)) {
  console.log(
    `lengths: ${size(merged.text)} here, ${size(yMerged())} Yjs (both deleted the same letters differently)`
  )
}

const oneSave = saves.at(-1)!
const before = saves.slice(0, -1).reduce(apply, begin)
const yBefore = Y.encodeStateAsUpdate(typedInto(2, online.slice(0, -keysOfOneSave)))
const yOne = Y.encodeStateAsUpdate(onlineDoc, Y.encodeStateVectorFromUpdate(yBefore))
const [hourHere, hourThere, oneHere, oneThere] = await sideBySide(
  [
    { name: 'Kopā, an hour offline merged by the server', run: () => mergeDelta(standing, kept, away) },
    { name: 'Yjs 13.6.33, the same', run: yMerged },
    { name: 'Kopā, one save', run: () => mergeDelta(before, [], oneSave) },
    {
      name: 'Yjs 13.6.33, one update into the stored document, and its text',
      run: () => {
        const doc = new Y.Doc()
        Y.applyUpdate(doc, yBefore)
        Y.applyUpdate(doc, yOne)
        return [doc.getText('t').toString(), Y.encodeStateAsUpdate(doc)]
      }
    }
  ],
  quick ? 5 : 20,
  rounds
)

/** Bytes of the heap that many of one thing hold. */
function heapOf(make: () => unknown): number {
  const count = 50
  const held: unknown[] = []
  globalThis.gc?.()
  const began = process.memoryUsage().heapUsed
  for (let at = 0; at < count; at++) held.push(make())
  globalThis.gc?.()
  const used = (process.memoryUsage().heapUsed - began) / held.length
  return used
}
const memoryHere = heapOf(() => Buffer.from(standing).toString())
const memoryThere = heapOf(() => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, onlineState)
  return doc
})

console.log(
  table(
    ['merging', 'p50 ms', 'p99 ms'],
    [hourHere!, hourThere!, oneHere!, oneThere!].map(({ name, p50, p99 }) => [name, figure(p50), figure(p99)])
  )
)
console.log(
  `\n${table(
    ['after an hour of one writer', 'Kopā', 'Yjs'],
    [
      ['what a server holds in memory for a field, bytes', figure(memoryHere), figure(memoryThere)],
      ['what stands beside the text to merge with it, bytes', '0', figure(onlineState.length)],
      ['an hour offline on the line, bytes', figure(bytes(away)), figure(offlineUpdate.length)],
      ['one save on the line, bytes', figure(bytes(oneSave)), figure(yOne.length)],
      ['the history, each save kept, bytes', figure(bytes(kept)), 'in the document, without who and when']
    ]
  )}`
)
const targets: Target[] = [
  atMost('an hour offline, of the time of Yjs', 1, hourHere!.p50 / hourThere!.p50, 'x'),
  atMost('one save, of the time of Yjs', 0.1, oneHere!.p50 / oneThere!.p50, 'x'),
  atMost('memory of a field, of that of Yjs', 0.2, memoryHere / memoryThere, 'x')
]
console.log(`\n${targetsTable(targets)}`)
writeResults('merging', {
  contests: [hourHere, hourThere, oneHere, oneThere],
  memoryHere,
  memoryThere,
  targets
})
process.exitCode = targets.every(({ met }) => met) ? 0 : 1
