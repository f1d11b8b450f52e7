import type { Database } from '#shared/database/index.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, isSignedIn } from '#shared/identity/index.ts'
import { accessOf } from '../access.ts'
import type { Outline } from '../application.ts'
import { findOutline } from '../outline.server.ts'
import { readPath } from '../path.ts'
import { type Delta, compose } from './delta.ts'
import { type Field, forget, latestOf, versionsAfter } from './latest.server.ts'
import { forwards } from './merge.ts'
import type { FieldNow } from './wire.ts'

/** The outline of an application for somebody of its consortium. */
export async function outlineFor(
  database: Database,
  caller: Caller,
  codeOrId: string
): Promise<Outline | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const outline = await findOutline(database, codeOrId)
  const access = outline ? accessOf(outline, caller) : refused('not-found')
  return isRefused(access) ? access : outline!
}

/** A field as it stands in the database now, with what leads a text from a version to it. */
export async function fieldNow(
  { database }: { database: Database },
  caller: Caller,
  { application, path }: Field,
  since?: number
): Promise<FieldNow | Refused> {
  if (!readPath(path)) return invalid('path', 'applications-writing.problem.no-such-field')
  const outline = await outlineFor(database, caller, application)
  if (isRefused(outline)) return outline
  const field = { application: outline.id, path }
  // Another server may have kept something since: what is remembered is for saves, which find out.
  forget(database, field)
  const latest = await latestOf(database, field)
  const { version, length, savedAt, text, value } = latest
  const now = { version, length, savedAt }
  if (text === null) return { ...now, value }
  if (since === undefined || since >= version) return { ...now, text }
  const later = await versionsAfter(database, field, latest, since)
  const delta = later.reduce<Delta>((all, one) => compose(all, forwards(one.delta ?? [])), [])
  return { ...now, text, delta }
}
