import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefused } from '#shared/forms/refused.ts'
import { withConsortium } from '../../../../tests/cast/applications-under-way.ts'
import { ok } from '../../../../tests/cast/calls-at-desk.ts'
import { findOutline } from '../outline.server.ts'
import { renameApplication } from './rename-application.ts'

test('Maria gives her draft another title, and whatever was remembered of it is stale', () =>
  withConsortium(async ({ app, database, application, maria }) => {
    ok(await renameApplication(app, maria, application.code, 'Lasīšanas tilti pāri Baltijai'))
    const now = (await findOutline(database, application.code))!
    assert.equal(now.title, 'Lasīšanas tilti pāri Baltijai')
    assert.equal(now.outline, application.outline + 1)
  }))

test('Jonas, whose school is a partner, may not; Elena finds no such application', () =>
  withConsortium(async ({ app, application, jonas, elena }) => {
    const partner = await renameApplication(app, jonas, application.code, 'Cits nosaukums')
    assert.ok(isRefused(partner) && partner.refused === 'not-allowed')
    const stranger = await renameApplication(app, elena, application.code, 'Cits nosaukums')
    assert.ok(isRefused(stranger) && stranger.refused === 'not-found')
  }))
