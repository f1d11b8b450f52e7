import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Refusal } from '#shared/operating/refusal.ts'
import { texts } from '#shared/texts/index.ts'
import { readProviders } from './providers-file.server.ts'

const folder = mkdtempSync(join(tmpdir(), 'kopa-oidc-'))

function read(content: string) {
  const file = join(folder, 'oidc.yaml')
  writeFileSync(file, content)
  return readProviders(file)
}

const euLogin = `
providers:
  - id: eu-login
    name: { lv: EU Login, en: EU Login }
    issuer: https://ecas.example/cas/oauth2
    client-id: kopa
`

test('an operator who has no file has no providers', () => {
  assert.deepEqual(readProviders(join(folder, 'none.yaml')), [])
})

test('an operator names a provider in five lines; the rest is as most providers have it', () => {
  const [provider] = read(euLogin)
  assert.deepEqual(provider!.scopes, ['openid', 'email', 'profile'])
  assert.deepEqual(provider!.claims, { name: 'name', email: 'email', 'email-confirmed': 'email_verified' })
  assert.deepEqual(provider!['second-factor'], { acr: [], amr: [] })
})

test('a secret may lie in a file of its own, beside this one', () => {
  writeFileSync(join(folder, 'secret'), 'of the provider\n')
  const [provider] = read(`${euLogin}    client-secret-file: secret\n`)
  assert.equal(provider!['client-secret'], 'of the provider')
})

test('a mistake is refused at the start, with the place and what is the matter', () => {
  const refusal = (content: string) => {
    try {
      read(content)
    } catch (error) {
      assert.ok(error instanceof Refusal)
      return error.say(texts('en'))
    }
    return 'taken'
  }
  assert.match(
    refusal(euLogin.replace('https:', 'http:')),
    /providers\.0\.issuer: http is for this machine only/
  )
  assert.match(refusal(euLogin.replace('client-id', 'clientid')), /client-id/)
  assert.match(refusal(`${euLogin}    scopes: [email]\n`), /openid is needed/)
  assert.match(refusal(euLogin + euLogin.replace('\nproviders:', '')), /the same id/)
  assert.match(refusal('providers: ['), /oidc\.yaml/)
  assert.match(refusal(`${euLogin}    client-secret-file: nowhere\n`), /ENOENT/)
  assert.equal(refusal(euLogin.replace('https://ecas.example', 'http://localhost:4000')), 'taken')
})
