import { rm } from 'node:fs/promises'
import sharp from 'sharp'
import type { StoredFile } from './file.ts'
import type { FileRefusal } from './file-refusal.ts'
import type { HoldingFiles } from './file-store.ts'
import { kindOfFile } from './kind-of-file.ts'
import { imageKinds } from './kinds.ts'
import { spool } from './spool.ts'
import { type Upload, storeFile } from './store-file.ts'

// Of everything libvips can open, only what is asked for.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif']
})

const mostMegapixels = 40
const mostSeconds = 15

/**
 * Takes a picture: draws it anew as PNG, at most so many pixels a side, upright, in sRGB, without a word of what was
 * written into it (place, camera, names), and of a moving one the first picture. What was hidden in it is gone.
 */
export async function storeImage(
  holding: HoldingFiles,
  upload: Omit<Upload, 'accepts'> & { longestSide: number }
): Promise<{ file: StoredFile } | FileRefusal> {
  const { longestSide, ...rest } = upload
  const spooled = await spool(upload.content, holding.files.incoming, upload.mostBytes)
  if ('refused' in spooled) return spooled
  try {
    const kind = await kindOfFile(spooled.path, '')
    if (!kind || !imageKinds.includes(kind)) return { refused: 'wrong-kind', accepts: imageKinds }
    const drawn = await drawAnew(spooled.path, longestSide)
    if ('refused' in drawn) return drawn
    const mostBytes = Math.max(drawn.png.length, 1)
    return await storeFile(holding, { ...rest, content: drawn.png, accepts: ['png'], mostBytes })
  } finally {
    await rm(spooled.path, { force: true })
  }
}

async function drawAnew(path: string, longestSide: number): Promise<{ png: Uint8Array } | FileRefusal> {
  try {
    const png = await sharp(path, { limitInputPixels: mostMegapixels * 1e6, pages: 1, failOn: 'error' })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png({ compressionLevel: 9 })
      .timeout({ seconds: mostSeconds })
      .toBuffer()
    return { png }
  } catch (error) {
    const tooMany = /pixel limit/i.test((error as Error).message)
    return tooMany ? { refused: 'too-many-pixels', limit: mostMegapixels } : { refused: 'damaged' }
  }
}
