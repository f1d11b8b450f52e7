import { type Say, texts } from '../texts/index.ts'

/**
 * Something the person who runs Kopā has to settle, said in their language: `refusal.say(texts('lv'))`.
 * It is thrown where the work cannot go on (a data folder in use, a database out of reach); the commands that
 * started the work say it and end. `message` is the English text, for logs.
 */
export class Refusal extends Error {
  readonly say: (t: Say) => string

  constructor(say: (t: Say) => string, options?: ErrorOptions) {
    super(say(texts('en')), options)
    this.name = 'Refusal'
    this.say = say
  }
}
