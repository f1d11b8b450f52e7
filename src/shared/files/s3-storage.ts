import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { Refusal } from '../operating/refusal.ts'
import type { FileStorage } from './storage.ts'

/** Where a bucket is: s3://bucket/prefix?region=…&endpoint=…&path-style=yes */
export type S3Place = {
  bucket: string
  /** Without slashes around it; may be empty. */
  prefix: string
  region: string
  endpoint: string | undefined
  pathStyle: boolean
}

/**
 * Contents in a bucket of S3 or of what speaks its language. The packages of Amazon are not installed with Kopā
 * (they are large, and most installations keep files in a folder); the start says so when they are missing. Keys come
 * the way these packages look for them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or the role of the
 * machine.
 */
export async function s3Storage(place: S3Place): Promise<FileStorage> {
  const disk = new Disk(await driverFor(place))
  const keyOf = (sha256: string) => [place.prefix, sha256.slice(0, 2), sha256].filter(Boolean).join('/')
  return {
    put: async (path, sha256) => {
      if (await disk.exists(keyOf(sha256))) return
      const { size } = await stat(path)
      await disk.putStream(keyOf(sha256), createReadStream(path), { contentLength: size })
    },
    read: async (sha256) => {
      if (!(await disk.exists(keyOf(sha256)))) return undefined
      return (await disk.getStream(keyOf(sha256))) as Readable
    },
    has: (sha256) => disk.exists(keyOf(sha256)),
    remove: (sha256) => disk.delete(keyOf(sha256)),
    list: async function* () {
      let token: string | undefined
      do {
        const options = { recursive: true, ...(token ? { paginationToken: token } : {}) }
        const page = await disk.listAll(place.prefix ? `${place.prefix}/` : '', options)
        for (const object of page.objects) {
          if (object.isFile && /^[0-9a-f]{64}$/.test(object.name)) yield object.name
        }
        token = page.paginationToken
      } while (token)
    }
  }
}

async function driverFor({ bucket, region, endpoint, pathStyle }: S3Place) {
  try {
    const { S3Driver } = await import('flydrive/drivers/s3')
    return new S3Driver({
      bucket,
      region,
      ...(endpoint ? { endpoint } : {}),
      forcePathStyle: pathStyle,
      // Checksums at the end of a stream are Amazon's newest; others do not know them yet.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      visibility: 'private',
      requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000, throwOnRequestTimeout: true },
      // A bucket's own policy says who may read; single objects do not.
      supportsACL: false
    })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new Refusal((t) => t('operating.s3-packages-missing'), { cause })
  }
}
