/**
 * The text of a field as a browser holds it, in three layers: what the server has acknowledged, what is on its way,
 * what was typed since. What happens to it, as pure functions; when it happens is field-client.ts's.
 */
import { type Delta, apply, compose, invert, moved } from './delta.ts'
import { between } from './difference.ts'
import { bringTogether } from './side-by-side.ts'

export type Layers = {
  /** The server's text at the version that is known. */
  acknowledged: { version: number; text: string }
  /** On its way, about the acknowledged text. */
  sent: { save: string; delta: Delta } | undefined
  /** Typed since, about the text after `sent`. */
  typed: Delta
  /** What stands in the box: all three. */
  text: string
  /** What led from versions lately known to the next one, the newest last. */
  lately: readonly { version: number; delta: Delta }[]
}

/** What others did to a text, and what that did to the box: a cursor is moved by it. */
export type Joined = { layers: Layers; moved: Delta }

const mostLately = 30

/** A text that the server has, and nothing else. */
export function layersOf({ version, text }: { version: number; text: string }): Layers {
  return { acknowledged: { version, text }, sent: undefined, typed: [], text, lately: [] }
}

/** Somebody typed until the box held `now`. @returns undefined where that is what it held */
export function afterTyping(layers: Layers, now: string): Layers | undefined {
  const delta = between(layers.text, now)
  return delta.length === 0 ? undefined : { ...layers, typed: compose(layers.typed, delta), text: now }
}

/** All that was typed goes on its way, under the number of its save. */
export function afterSending(layers: Layers, save: string): Layers {
  return { ...layers, sent: { save, delta: layers.typed }, typed: [] }
}

/** The text that `typed` is about, where something is on its way. */
export function onto({ acknowledged, sent, typed }: Layers): string | undefined {
  return sent && typed.length > 0 ? apply(acknowledged.text, sent.delta) : undefined
}

/** What was on its way is there, after what others did before it. */
export function afterArrival(layers: Layers, version: number, theirs: Delta): Joined {
  const { delta } = layers.sent!
  const arrived = {
    ...layers,
    lately: remembered(layers, compose(delta, theirs)),
    acknowledged: { version, text: apply(layers.acknowledged.text, delta) },
    sent: undefined
  }
  return under(arrived, theirs)
}

/** What was on its way came back: it counts as typed. */
export function afterReturn(layers: Layers): Layers {
  return { ...layers, typed: compose(layers.sent!.delta, layers.typed), sent: undefined }
}

/** Others did something, while nothing was on its way. */
export function afterOthers(layers: Layers, version: number, theirs: Delta): Joined {
  const acknowledged = { ...layers.acknowledged, version }
  return under({ ...layers, lately: remembered(layers, theirs), acknowledged }, theirs)
}

/** What others did to the acknowledged text, brought into it and under what was typed since. */
function under(layers: Layers, theirs: Delta): Joined {
  if (theirs.length === 0) return { layers, moved: [] }
  const { acknowledged, typed } = layers
  const joined = bringTogether(acknowledged.text, typed, theirs)
  return {
    layers: {
      ...layers,
      acknowledged: { ...acknowledged, text: apply(acknowledged.text, theirs) },
      typed: joined.mine,
      text: joined.text
    },
    moved: joined.theirs
  }
}

function remembered({ lately, acknowledged }: Layers, delta: Delta): Layers['lately'] {
  return [...lately.slice(1 - mostLately), { version: acknowledged.version, delta }]
}

/**
 * A place that somebody else named, in the box.
 * @returns undefined while that version is not known, or no longer what came after it
 */
export function inward(
  { acknowledged, sent, typed, lately }: Layers,
  place: number,
  version: number
): number | undefined {
  if (version > acknowledged.version) return undefined
  const since = version === acknowledged.version ? [] : lately.filter((one) => one.version >= version)
  if (version < acknowledged.version && since[0]?.version !== version) return undefined
  const standing = since.reduce((at, { delta }) => moved(at, delta), place)
  return moved(sent ? moved(standing, sent.delta) : standing, typed)
}

/** A place in the box as others know it: in the text of the version that is acknowledged. */
export function outward({ acknowledged, sent, typed }: Layers, place: number): number {
  const mine = sent ? compose(sent.delta, typed) : typed
  return moved(place, invert(acknowledged.text, mine))
}
