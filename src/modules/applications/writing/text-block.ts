/**
 * Texts by key in one block of memory beside the heap: thousands that change all the time would fill the heap, and
 * while it is cleared everybody waits. Where there is no more room, the texts that were put there first go.
 */
export class TextBlock<About> {
  private readonly units: number
  private readonly block: Buffer
  /** In the order in which they lie in the block, from the oldest one round to the newest. */
  private readonly places = new Map<string, Place<About>>()
  private next = 0

  /** @param units UTF-16 units that it holds; memory is taken as it fills */
  constructor(units: number) {
    this.units = units
    this.block = Buffer.allocUnsafeSlow(units * 2)
  }

  get(key: string): { text: string; about: About } | undefined {
    const place = this.places.get(key)
    if (!place) return undefined
    const { at, length, about } = place
    return { text: this.block.toString('utf16le', at * 2, (at + length) * 2), about }
  }

  /** Keeps a text, and what is said about it, in place of an earlier one. What is longer than the block is not kept. */
  put(key: string, text: string, about: About): void {
    const { length } = text
    let place = this.places.get(key)
    if (!place || place.room < length) {
      this.places.delete(key)
      if (length > this.units) return
      // A text grows while it is written: mostly it finds room where it is.
      const room = Math.min(length + (length >> 3) + spare, this.units)
      this.places.set(key, (place = { at: this.makeRoom(room), room, length, about }))
    }
    place.length = length
    place.about = about
    this.block.write(text, place.at * 2, 'utf16le')
  }

  delete(key: string): void {
    this.places.delete(key)
  }

  private makeRoom(room: number): number {
    if (this.next + room > this.units) {
      this.dropFrom(this.next, this.units)
      this.next = 0
    }
    const at = this.next
    this.next += room
    this.dropFrom(at, this.next)
    return at
  }

  /** Drops the oldest as long as they begin in this part of the block. */
  private dropFrom(from: number, until: number): void {
    for (const [key, { at }] of this.places) {
      if (at < from || at >= until) return
      this.places.delete(key)
    }
  }
}

/** Where a text lies: in UTF-16 units, as long as it is and as it may become there. */
type Place<About> = { at: number; room: number; length: number; about: About }

const spare = 64 // not of a guide: units
