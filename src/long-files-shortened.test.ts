import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isHttpError } from '@sveltejs/kit'
import { shortened } from './long-files-shortened.ts'

const limits = { file: 1000, all: 4000 }

/** A form as a browser sends it, shortened, as it is read again; it comes in pieces of so many bytes. */
async function readAgain(form: FormData, piece: number): Promise<FormData> {
  const sent = new Response(form)
  const type = sent.headers.get('content-type')!
  const bytes = Buffer.from(await sent.arrayBuffer())
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
  }
  const boundary = type.split('boundary=')[1]!
  const left: Buffer[] = []
  for await (const part of shortened(pieces(), boundary, limits)) left.push(part)
  return new Response(new Blob(left as BlobPart[]), { headers: { 'content-type': type } }).formData()
}

function aForm(fileBytes: number, words = 'Lasām\r\n--kopā') {
  const form = new FormData()
  form.append('number', 'KA220-2026')
  form.append('file', new File([Buffer.alloc(fileBytes, '\r\n-')], 'kvīts.pdf', { type: 'application/pdf' }))
  form.append('note', words)
  return form
}

suite('a form with a file that is far too large', () => {
  test('comes back with what was typed before and behind the file, and the file is still too large', async () => {
    for (const piece of [1, 7, 64, 100_000]) {
      const read = await readAgain(aForm(100_000), piece)
      assert.deepEqual([read.get('number'), read.get('note')], ['KA220-2026', 'Lasām\r\n--kopā'])
      const file = read.get('file') as File
      assert.deepEqual([file.name, file.size], ['kvīts.pdf', limits.file])
    }
  })

  test('is read as it was sent where no file is long', async () => {
    const read = await readAgain(aForm(999), 50)
    assert.equal((read.get('file') as File).size, 999)
  })

  test('is too large itself where what was typed is', async () => {
    await assert.rejects(readAgain(aForm(10, 'x'.repeat(4000)), 100), (refusal) => isHttpError(refusal, 413))
  })
})
