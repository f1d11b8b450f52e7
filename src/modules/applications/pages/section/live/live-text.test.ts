import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { FieldWorld } from './live-field.ts'
import { liveText } from './live-text.ts'

/** As much of a browser as a text box needs, with a server that says when it answers. */
function aPage(text: string) {
  const box = Object.assign(new EventTarget(), {
    value: text,
    selectionStart: 0,
    selectionEnd: 0,
    scrollTop: 0
  })
  const version = { value: '1' }
  const answers: ((saved: object) => void)[] = []
  const sent: { base: number; delta: unknown }[] = []
  const block = {
    dataset: { question: 'project.summary' },
    querySelector: (what: string) => (what === '[data-box]' ? box : what === '[data-state]' ? {} : null)
  }
  Object.assign(globalThis, {
    CSS: { escape: (name: string) => name },
    document: { activeElement: null },
    fetch: async (_: string, { body }: { body: string }) => {
      sent.push(JSON.parse(body) as { base: number; delta: unknown })
      const saved = await new Promise<object>((resolve) => answers.push(resolve))
      return Response.json(saved)
    }
  })
  const world = {
    person: 'maria',
    form: { querySelector: () => version },
    application: 'a',
    view: 'v',
    language: 'lv',
    t: () => '',
    show: () => {},
    changed: () => {}
  }
  const live = liveText(block as unknown as HTMLElement, world as unknown as FieldWorld)!
  return {
    box,
    version,
    live,
    sent,
    say: (kind: string) => box.dispatchEvent(new Event(kind)),
    async answer(saved: object) {
      answers.shift()!({ length: 0, savedAt: '2026-11-25T12:00:00Z', merged: true, ...saved })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

suite('a word that is being composed', () => {
  test('what Jonas wrote comes with the answer to her own save while Maria composes, and stays', async () => {
    const { box, version, live, sent, say, answer } = aPage('Lasam.')
    box.value = 'Lasam. Un'
    say('input')
    live.flush()
    say('compositionstart')
    box.value = 'Lasam. Un~'
    say('input')
    await answer({ version: 3, delta: [[0, 0, 'Jonas: ']] })
    assert.equal(box.value, 'Lasam. Un~', 'the box is left alone')
    assert.equal(version.value, '1', 'a form that is sent now says what it shows')
    box.value = 'Lasam. Unā'
    say('compositionend')
    say('input')
    assert.equal(box.value, 'Jonas: Lasam. Unā')
    assert.equal(version.value, '3')
    live.flush()
    assert.deepEqual(sent[1], { ...sent[1], base: 3, delta: [[16, 0, 'ā']] })
    live.close()
    await answer({ version: 4 })
  })

  test('what is heard meanwhile comes in when the word is finished, and the cursor stays with its letter', async () => {
    const { box, live, say, answer } = aPage('Lasam.')
    Object.assign(globalThis.document, { activeElement: box })
    Object.assign(box, {
      setSelectionRange: (from: number, to: number) =>
        Object.assign(box, { selectionStart: from, selectionEnd: to })
    })
    say('compositionstart')
    live.hear({ path: 'project.summary', by: '', version: 2, delta: [[0, 0, 'Mēs. ']] })
    Object.assign(box, { value: 'Lasām.', selectionStart: 4, selectionEnd: 4 })
    say('compositionend')
    assert.deepEqual([box.value, box.selectionStart], ['Mēs. Lasām.', 9])
    live.close()
    await answer({ version: 3 })
  })
})
