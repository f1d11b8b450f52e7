import type { Ports, Sent, Unsaved } from './outside.ts'
import { bringTogether } from './side-by-side.ts'

/**
 * Sends what a browser that died left behind: first what may be there already, under its number; then the rest, in
 * one piece.
 * @param note writes down how far it came: what may be there already goes under its number when it is tried again
 */
export async function sendLeft(
  { send, draw }: Pick<Ports, 'send' | 'draw'>,
  unsaved: Unsaved,
  note: (left: Unsaved) => void
): Promise<Sent['outcome']> {
  let left = unsaved
  while (left.sent || left.delta.length > 0) {
    const sending = left.sent ?? { save: draw(), delta: left.delta }
    if (!left.sent) {
      left = { ...left, sent: sending, delta: [] }
      note(left)
    }
    const outcome = await send({ base: left.base, ...sending })
    if (outcome.outcome !== 'saved') return outcome.outcome
    const { version, delta = [] } = outcome.saved
    left = {
      ...left,
      base: version,
      sent: null,
      delta: bringTogether(left.onto ?? '', left.delta, delta).mine
    }
  }
  return 'saved'
}
