import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '#shared/database/index.ts'
import { type StoredFile, useFile } from '#shared/files/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import type { Language } from '#shared/texts/language.ts'
import './consortium-tables.server.ts'
import { type MandateWay, type OutsideFindings, type Verdict } from './mandate.ts'
import '../applications-tables.server.ts'

/** A mandate in force. */
export type Mandate = {
  id: string
  participant: string
  text: string
  language: Language
  way: MandateWay
  givenBy: string | undefined
  signatory: string | undefined
  position: string | undefined
  givenAt: Temporal.Instant
  file: string
  /** SHA-256 of the document, hexadecimal. */
  digest: string
  findings: OutsideFindings | null
  verdict: Verdict | null
  confirmedBy: string | undefined
  confirmedAt: Temporal.Instant | undefined
  remarks: string | undefined
}

export type NewMandate = {
  participant: string
  organisation: string | null
  text: string
  language: Language
  way: MandateWay
  givenBy?: string
  signatory?: string
  position?: string | undefined
  findings?: OutsideFindings
  sentBy?: string
  file: StoredFile
}

/** Keeps a mandate; one that was there before ends. @returns its id, and that of the document */
export async function keepMandate(transaction: Database, mandate: NewMandate): Promise<string> {
  await transaction
    .updateTable('applications.mandate')
    .set({ ended_at: sql`clock_timestamp()` })
    .where('participant', '=', mandate.participant)
    .where('ended_at', 'is', null)
    .execute()
  const { id } = await transaction
    .insertInto('applications.mandate')
    .values({
      participant: mandate.participant,
      organisation: mandate.organisation,
      text: mandate.text,
      language: mandate.language,
      way: mandate.way,
      given_by: mandate.givenBy ?? null,
      signatory: mandate.signatory ?? null,
      position: mandate.position ?? null,
      file: mandate.file.id,
      digest: Buffer.from(mandate.file.sha256, 'hex'),
      findings: mandate.findings ? JSON.stringify(mandate.findings) : null,
      sent_by: mandate.sentBy ?? null
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const used = await useFile(transaction, mandate.file.id, `applications.mandate:${id}`)
  if (!used) throw new Error('The document of a mandate is gone.')
  return id
}

/** The mandates in force in an application, by participant. */
export async function mandatesIn(
  database: Database,
  application: string
): Promise<ReadonlyMap<string, Mandate>> {
  const rows = await inForce(database).where('p.application', '=', application).execute()
  return new Map(rows.map((row) => [row.participant, toMandate(row)]))
}

/** One mandate in force, and in which application it stands. */
export async function mandateOf(
  database: Database,
  id: string
): Promise<{ mandate: Mandate; application: string } | undefined> {
  const row = await inForce(database).where('m.id', '=', asId(id)).executeTakeFirst()
  return row && { mandate: toMandate(row), application: row.application }
}

function inForce(database: Database) {
  return database
    .selectFrom('applications.mandate as m')
    .innerJoin('applications.participant as p', 'p.id', 'm.participant')
    .selectAll('m')
    .select('p.application')
    .where('m.ended_at', 'is', null)
}

type Row = Awaited<ReturnType<ReturnType<typeof inForce>['executeTakeFirstOrThrow']>>

function toMandate(row: Row): Mandate {
  const { id, participant, text, language, way, file, findings, verdict } = row
  return {
    ...{ id, participant, text, language, way, file, findings, verdict },
    givenBy: row.given_by ?? undefined,
    signatory: row.signatory ?? undefined,
    position: row.position ?? undefined,
    givenAt: row.given_at,
    digest: row.digest.toString('hex'),
    confirmedBy: row.confirmed_by ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    remarks: row.remarks ?? undefined
  }
}

/** A mandate that waits for an officer: no more of its application than what the document itself says. */
export type WaitingMandate = {
  id: string
  application: string
  partner: string
  country: string
  givenAt: Temporal.Instant
  file: string
  findings: OutsideFindings
}

/** Mandates signed outside under a call that nobody has looked at, the oldest first. */
export async function waitingMandates(database: Database, call: string): Promise<WaitingMandate[]> {
  const rows = await database
    .selectFrom('applications.mandate as m')
    .innerJoin('applications.participant as p', 'p.id', 'm.participant')
    .innerJoin('applications.application as a', 'a.id', 'p.application')
    .select(['m.id', 'a.code', 'p.name', 'p.country', 'm.given_at', 'm.file', 'm.findings'])
    .where('a.call', '=', call)
    .where('m.way', '=', 'signed-outside')
    .where('m.ended_at', 'is', null)
    .where('m.verdict', 'is', null)
    .orderBy('m.given_at')
    .execute()
  return rows.map(({ id, code, name, country, given_at, file, findings }) => ({
    ...{ id, file, country },
    application: code,
    partner: name,
    givenAt: given_at,
    findings: findings!
  }))
}
