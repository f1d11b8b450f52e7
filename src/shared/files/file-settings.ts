import { isAbsolute } from 'node:path'
import type { ClamdAddress } from './clamd.ts'
import type { S3Place } from './s3-storage.ts'

/**
 * Reads where files lie, as operators write it: s3://bucket/prefix?region=eu-central-1&endpoint=https://…&path-style=yes
 * @returns undefined where it is no such address; keys have no place in it
 */
export function readS3Place(written: string): S3Place | undefined {
  if (!URL.canParse(written)) return undefined
  const { protocol, hostname, pathname, searchParams, username, hash } = new URL(written)
  const known = ['region', 'endpoint', 'path-style']
  if (protocol !== 's3:' || !hostname || username || hash) return undefined
  if ([...searchParams.keys()].some((name) => !known.includes(name))) return undefined
  const endpoint = searchParams.get('endpoint') ?? undefined
  if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol))) {
    return undefined
  }
  const pathStyle = searchParams.get('path-style') ?? 'no'
  if (pathStyle !== 'yes' && pathStyle !== 'no') return undefined
  return {
    bucket: hostname,
    prefix: pathname.replace(/^\/+|\/+$/g, ''),
    region: searchParams.get('region') ?? 'eu-central-1',
    endpoint,
    pathStyle: pathStyle === 'yes'
  }
}

/** Reads where ClamAV's daemon listens: host:port, or the path of its socket. */
export function readClamdAddress(written: string): ClamdAddress | undefined {
  if (isAbsolute(written)) return { path: written }
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):(\d{1,5})$/i.exec(written) ?? []
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}
