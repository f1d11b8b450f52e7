import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pdfOf } from '#shared/files/files.fixture.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { consortiumAtWork } from '../../../../tests/cast/consortium-at-work.ts'
import { officialReceiptsOf } from '../copies/official-receipts.server.ts'
import { officialReceiptFile } from '../reads.ts'
import { fileOfficialReceipt } from './file-official-receipt.ts'

const given = () => ({ content: pdfOf(1), name: 'Apliecinājums.pdf', number: 'KA220-SCH-1' })

test('Maria keeps the receipt of the official system, also once the draft here can no longer be changed', () =>
  consortiumAtWork(async ({ holding, database, application, maria, jonas, elena }) => {
    await database
      .updateTable('applications.application')
      .set({ state: 'submitted' })
      .where('id', '=', application.id)
      .execute()
    const filed = await fileOfficialReceipt(holding, maria, application.code, given())
    assert.ok('receipt' in filed)
    const [receipt] = await officialReceiptsOf(database, application.id)
    assert.deepEqual([receipt?.number, receipt?.name], ['KA220-SCH-1', 'Apliecinājums.pdf'])
    const file = await officialReceiptFile(holding, jonas, application.code, filed.receipt)
    assert.equal(file, receipt?.file)
    const stranger = await officialReceiptFile(holding, elena, application.code, filed.receipt)
    assert.ok(isRefused(stranger) && stranger.refused === 'not-found')
  }))

test('Jonas, whose school is a partner, files none', () =>
  consortiumAtWork(async ({ holding, application, jonas }) => {
    const no = await fileOfficialReceipt(holding, jonas, application.code, given())
    assert.ok(isRefused(no) && no.refused === 'not-allowed')
  }))
