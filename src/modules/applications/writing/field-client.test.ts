import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fc } from '../../../../tests/drawn-cases.ts'
import { aBrowser as browserOf, aServer } from './browsers.fixture.ts'

type Server = ReturnType<typeof aServer>

const aBrowser = (server: Server, name: string) =>
  browserOf(server, name, { version: server.version, text: server.text })

const words = { lv: 'Nē.', en: 'No.' }

suite('a field in a browser', () => {
  test('what Maria types is saved within two seconds, and she sees how it stands', async () => {
    const server = aServer()
    const maria = aBrowser(server, 'maria')
    maria.field.type('Lasām')
    assert.equal(maria.field.state, 'waiting')
    assert.ok(maria.kept, 'kept in the browser before it is sent')
    for (const text of ['Lasām ', 'Lasām k', 'Lasām ko', 'Lasām kop', 'Lasām kopā']) {
      await maria.pass(450)
      maria.field.type(text)
    }
    assert.ok(server.version >= 1, 'whoever never pauses is saved, too')
    await maria.pass(2000)
    assert.equal(server.text, 'Lasām kopā')
    assert.equal(maria.field.state, 'saved')
    assert.equal(maria.kept, undefined)
    assert.ok(maria.states.includes('saving'))
  })

  test('without a network Maria goes on writing, and it is saved once when the network is back', async () => {
    const server = aServer()
    const maria = aBrowser(server, 'maria')
    maria.line = 'answers-lost'
    maria.field.type('Viens. ')
    await maria.pass(2000)
    assert.equal(maria.field.state, 'offline')
    maria.line = 'down'
    maria.field.type('Viens. Divi. ')
    await maria.pass(3_600_000)
    assert.equal(maria.field.state, 'offline')
    assert.equal(maria.kept?.text, 'Viens. Divi. ')
    maria.line = 'up'
    maria.field.retry()
    await maria.pass(5000)
    assert.equal(server.text, 'Viens. Divi. ')
    assert.equal(maria.field.state, 'saved')
  })

  test('a refusal is said at once, in the words of the server, and nothing typed goes', async () => {
    const server = aServer()
    const maria = aBrowser(server, 'maria')
    maria.line = { outcome: 'refused', failure: { reason: 'not-now', said: words } }
    maria.field.type('Par vēlu?')
    await maria.pass(2000)
    assert.deepEqual([maria.field.state, maria.field.failure?.said], ['failed', words])
    assert.equal(maria.kept?.text, 'Par vēlu?')
    maria.line = 'up'
    maria.field.type('Nav par vēlu.')
    await maria.pass(2000)
    assert.deepEqual([maria.field.state, server.text], ['saved', 'Nav par vēlu.'])
  })

  test('a server that asks to wait is asked again later', async () => {
    const server = aServer()
    const maria = aBrowser(server, 'maria')
    maria.line = { outcome: 'busy', failure: { reason: 'too-often', said: words }, seconds: 20 }
    maria.field.type('Ātri')
    await maria.pass(2000)
    assert.equal(maria.field.state, 'failed')
    maria.line = 'up'
    await maria.pass(15_000)
    assert.equal(server.text, '')
    await maria.pass(10_000)
    assert.deepEqual([server.text, maria.field.state], ['Ātri', 'saved'])
  })

  test('after a crash the browser offers what was not acknowledged, and it is saved once', async () => {
    for (const line of ['down', 'answers-lost'] as const) {
      const server = aServer()
      const maria = aBrowser(server, 'maria')
      maria.line = line
      maria.field.type('Pirmais. ')
      await maria.pass(2000)
      maria.field.type('Pirmais. Otrais. ')
      const jonas = aBrowser(server, 'jonas')
      jonas.field.type(`${jonas.field.text}Jonas.`)
      await jonas.pass(2000)
      const again = aBrowser(server, 'maria-2')
      assert.equal(await again.field.takeUp(maria.kept!, () => {}), 'saved')
      await again.pass(10)
      assert.equal(again.field.text, server.text)
      for (const word of ['Pirmais. ', 'Otrais. ', 'Jonas.'])
        assert.equal(server.text.split(word).length, 2, `${word} once in ${server.text}`)
    }
  })

  test('what a browser that died left stands where it was written, though somebody wrote in front of it', async () => {
    for (const line of ['down', 'answers-lost'] as const) {
      const server = aServer('Sākums. Beigas.')
      const maria = aBrowser(server, 'maria')
      maria.line = line
      maria.field.type('Sākums. Pirmais. Beigas.')
      await maria.pass(2000)
      maria.field.type('Sākums. Pirmais. Otrais. Beigas.')
      const jonas = aBrowser(server, 'jonas')
      jonas.field.type(`Jonas raksta pirms visa. ${jonas.field.text}`)
      await jonas.pass(2000)
      const again = aBrowser(server, 'maria-2')
      assert.equal(await again.field.takeUp(maria.kept!, () => {}), 'saved')
      assert.equal(server.text, 'Jonas raksta pirms visa. Sākums. Pirmais. Otrais. Beigas.')
    }
  })

  test('what a browser that died left of a word stands whole, though somebody wrote another in its place', async () => {
    const server = aServer('Mūsu skola.')
    const maria = aBrowser(server, 'maria')
    maria.line = 'answers-lost'
    maria.field.type('Mūsu skola lasa.')
    await maria.pass(2000)
    maria.field.type('Mūsu skolas lasa.')
    const jonas = aBrowser(server, 'jonas')
    jonas.field.type('Mūsu bērnudārzs lasa.')
    await jonas.pass(2000)
    const again = aBrowser(server, 'maria-2')
    assert.equal(await again.field.takeUp(maria.kept!, () => {}), 'saved')
    assert.equal(server.text, 'Mūsu bērnudārzs skolas lasa.')
  })

  test('taken up again since answers were lost, or in a second window, it is there once', async () => {
    for (const sent of [true, false]) {
      const server = aServer('Sākums. ')
      const maria = aBrowser(server, 'maria')
      maria.line = 'answers-lost'
      maria.field.type('Sākums. Pirmais. ')
      if (sent) await maria.pass(2000)
      maria.field.type('Sākums. Pirmais. Otrais. ')
      let left = maria.kept!
      assert.equal(left.sent !== null, sent)
      const one = aBrowser(server, 'maria-2')
      // The answer to what was sent before arrives, that to the rest does not.
      const keep = (further: typeof left) => {
        left = further
        one.line = 'answers-lost'
      }
      assert.equal(await one.field.takeUp(left, keep), 'unreachable')
      const jonas = aBrowser(server, 'jonas')
      jonas.field.type(`Jonas. ${jonas.field.text}`)
      await jonas.pass(2000)
      assert.equal(await one.field.takeUp(left, keep), 'unreachable')
      const two = aBrowser(server, 'maria-3')
      assert.equal(await two.field.takeUp(left, keep), 'saved')
      assert.equal(server.text, 'Jonas. Sākums. Pirmais. Otrais. ')
    }
  })

  test('what is heard while typing moves under the hands without disturbing them', async () => {
    const server = aServer()
    const maria = aBrowser(server, 'maria')
    const jonas = aBrowser(server, 'jonas')
    maria.field.type('Maria raksta')
    await maria.pass(2000)
    jonas.field.hear(server.change(1))
    jonas.field.type('Jonas un Maria raksta')
    maria.field.type('Maria raksta tālāk')
    await jonas.pass(2000)
    maria.field.hear(server.change(2))
    assert.equal(maria.field.text, 'Jonas un Maria raksta tālāk')
    await maria.pass(2000)
    jonas.field.hear(server.change(3))
    assert.equal(jonas.field.text, server.text)
    assert.equal(server.text, 'Jonas un Maria raksta tālāk')
  })

  test('a cursor is shown where its person has it, though both have typed since', async () => {
    const server = aServer()
    const maria = aBrowser(server, 'maria')
    maria.field.type('viens divi trīs')
    await maria.pass(2000)
    const jonas = aBrowser(server, 'jonas')
    jonas.field.type('nulle viens divi trīs')
    await jonas.pass(2000)
    maria.field.type('viens, divi trīs')
    // Jonas stands before “divi”, in the text of the second version.
    const at = { place: jonas.field.outward(12), version: jonas.field.version }
    assert.equal(maria.field.inward(at.place, at.version), undefined, 'a version that she does not have yet')
    maria.field.hear(server.change(2))
    assert.equal(maria.field.text.slice(maria.field.inward(at.place, at.version)), 'divi trīs')
    // Maria stands behind her comma, which Jonas does not have yet.
    const hers = maria.field.outward('nulle viens,'.length)
    assert.equal(jonas.field.text.slice(0, jonas.field.inward(hers, maria.field.version)), 'nulle viens')
    await maria.pass(2000)
    assert.equal(maria.field.text.slice(maria.field.inward(at.place, at.version)), 'divi trīs')
  })

  test('whoever missed something catches up', async () => {
    const server = aServer()
    const maria = aBrowser(server, 'maria')
    const jonas = aBrowser(server, 'jonas')
    for (const text of ['a', 'ab', 'abc']) {
      maria.field.type(text)
      await maria.pass(2000)
    }
    jonas.field.hear(server.change(3))
    await jonas.pass(10)
    assert.equal(jonas.field.text, 'abc')
  })

  test('three browsers with a bad network, two of them of one person, end with one text that has every word', async () => {
    const act = fc.record({
      who: fc.nat(2),
      what: fc.constantFrom('type', 'type', 'cut', 'pass', 'pass', 'down', 'lost', 'up', 'hear', 'retry'),
      where: fc.nat(500)
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 80 }), async (acts) => {
        const server = aServer()
        const browsers = [0, 1, 2].map((who) => aBrowser(server, `w${who}`))
        const heard = [0, 0, 0]
        const typed: string[] = []
        const cut = new Set<string>()
        for (const { who, what, where } of acts) {
          const browser = browsers[who]!
          const { text } = browser.field
          if (what === 'type') {
            const word = String.fromCodePoint(0x4e00 + typed.length) // not of a guide: occurs once
            typed.push(word)
            const at = where % (text.length + 1)
            browser.field.type(text.slice(0, at) + word + text.slice(at))
          } else if (what === 'cut' && text.length > 0) {
            const at = where % text.length
            cut.add(text[at]!)
            browser.field.type(text.slice(0, at) + text.slice(at + 1))
          } else if (what === 'pass') await browser.pass(where * 10)
          else if (what === 'retry') browser.field.retry()
          else if (what === 'hear' && browser.line === 'up' && heard[who]! < server.version)
            browser.field.hear(
              server.change(
                (heard[who] = heard[who]! + 1 + (where % 2 && heard[who]! + 1 < server.version ? 1 : 0))
              )
            )
          else if (what === 'down') browser.line = 'down'
          else if (what === 'lost') browser.line = 'answers-lost'
          else if (what === 'up') browser.line = 'up'
        }
        for (const browser of browsers) {
          browser.line = 'up'
          browser.field.retry()
          await browser.pass(120_000)
        }
        for (const browser of browsers) {
          if (server.version > 0) browser.field.hear(server.change(server.version))
          await browser.pass(10)
          assert.equal(browser.field.text, server.text)
          assert.equal(browser.field.state, 'saved')
          assert.equal(browser.kept, undefined)
        }
        for (const word of typed)
          assert.equal(server.text.split(word).length, cut.has(word) ? 1 : 2, `${word} in ${server.text}`)
      }),
      { numRuns: 400 }
    )
  })
})
