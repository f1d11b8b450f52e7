import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { withDatabase } from '../../../tests/database.ts'
import { filesIn } from './files.fixture.ts'
import { storeImage } from './store-image.ts'

type Stored = Awaited<ReturnType<typeof storeImage>>

async function drawn(
  work: (draw: (content: Uint8Array) => Promise<{ given: Stored; png: Buffer | undefined }>) => Promise<void>
) {
  await withDatabase(async (database) => {
    const { holding, remove } = filesIn(database)
    try {
      await work(async (content) => {
        const given = await storeImage(holding, {
          ...{ content, name: 'logo.svg', mostBytes: 5_000_000, purpose: 'test.logo', uploadedBy: undefined },
          longestSide: 512
        })
        const stream = 'file' in given ? await holding.files.storage.read(given.file.sha256) : undefined
        return { given, png: stream && (await buffer(stream)) }
      })
    } finally {
      remove()
    }
  })
}

const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } })

test('a logo is drawn anew: smaller, upright, as PNG, without what was written into it', () =>
  drawn(async (draw) => {
    const photo = await red(1000, 500)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Somebody', ImageDescription: 'secret place' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const { given, png } = await draw(photo)
    assert.ok('file' in given && given.file.kind === 'png' && given.file.name === 'logo.svg.png')
    const { width, height, exif, orientation, format } = await sharp(png).metadata()
    assert.deepEqual([width, height, exif, orientation, format], [256, 512, undefined, undefined, 'png'])
    assert.ok(!png!.includes('secret place'))
  }))

test('what follows a picture in its file is gone, a small picture stays as small, transparency stays', () =>
  drawn(async (draw) => {
    const png = await red(20, 10).png().toBuffer()
    const hidden = Buffer.concat([png, Buffer.from('<script>alert(1)</script>PK\x03\x04')])
    const result = await draw(hidden)
    assert.ok(result.png && !result.png.includes('<script>'))
    const { width, channels } = await sharp(result.png).metadata()
    assert.deepEqual([width, channels], [20, 4])
  }))

test('of a moving picture the first is kept', () =>
  drawn(async (draw) => {
    const frames = await sharp(
      await Promise.all([red(8, 8).png().toBuffer(), red(8, 8).negate().png().toBuffer()]),
      { join: { animated: true } }
    )
      .gif()
      .toBuffer()
    assert.equal((await sharp(frames).metadata()).pages, 2)
    const { png } = await draw(frames)
    const { pages, width, height } = await sharp(png).metadata()
    assert.deepEqual([pages, width, height], [undefined, 8, 8])
  }))

test('SVG, other formats, damaged pictures and pictures of too many pixels are refused', () =>
  drawn(async (draw) => {
    const refused = async (content: Uint8Array) => {
      const { given } = await draw(content)
      return 'refused' in given ? given.refused : 'taken'
    }
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    assert.equal(await refused(svg), 'wrong-kind')
    assert.equal(await refused(await red(9, 9).tiff().toBuffer()), 'wrong-kind')
    const jpeg = await red(200, 200).jpeg().toBuffer()
    assert.equal(await refused(jpeg.subarray(0, jpeg.length / 2)), 'damaged')
    // A few kilobytes that would be 100 million pixels.
    const bomb = await red(10_000, 10_000).png({ compressionLevel: 9 }).toBuffer()
    assert.ok(bomb.length < 1_000_000)
    assert.equal(await refused(bomb), 'too-many-pixels')
  }))
