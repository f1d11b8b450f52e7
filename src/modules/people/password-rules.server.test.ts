import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordProblem } from './password-rules.server.ts'

const maria = ['Maria Bērziņa', 'maria.berzina@piemers.lv']
const problem = async (password: string) => (await passwordProblem('password', password, maria))?.key

test('long sentences and random characters are taken, in any alphabet and without any sign or digit', async () => {
  for (const good of [
    'zaļš ezers vakarā',
    'correct horse battery staple',
    'xK9mQ2vL7pRt',
    'Rīgas vanšu tilts',
    'Њива и плаво небо',
    '昨日は雨、今日は晴れ、明日は雪',
    '🐢🦔🍄🌻🐝🦉🍀🌙🎈🎺🧭🪁'
  ])
    assert.equal(await problem(good), undefined, good)
})

test('fewer than 12 characters are refused and more than 128, counted as people count', async () => {
  assert.equal(await problem('zaļš ezers'), 'people.password.too-short')
  assert.equal(await problem('🐢🦔🍄🌻🐝🦉🍀🌙🎈🎺'), 'people.password.too-short')
  assert.equal(await problem('zaļš ezers vakarā un '.repeat(7)), 'people.password.too-long')
  assert.equal(await problem(''), 'form.missing')
})

test('what everybody tries first is refused', async () => {
  for (const bad of ['password1234', 'qwertyuiop123', '123456789012', 'PasswordPassword'])
    assert.equal(await problem(bad), 'people.password.common', bad)
})

test('so is what is soon guessed: repeated, in a row, common words, the person’s own name, this site', async () => {
  for (const bad of [
    'aaaaaaaaaaaa',
    'abababababab',
    'iloveyou1234567',
    'monkey dragon',
    'MariaBērziņa2024',
    'maria.berzina@piemers.lv',
    'kopakopakopa',
    'erasmus2027kopa'
  ])
    assert.equal(await problem(bad), 'people.password.guessable', bad)
})
