import { type Language, isLanguage } from '#shared/texts/index.ts'

/**
 * The language of the person at the terminal: that of the system (LC_ALL, LC_MESSAGES, LANG) where Kopā speaks it,
 * else English, which those who run servers read.
 */
export function operatorLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const system = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''
  const language = system.slice(0, 2).toLowerCase()
  return isLanguage(language) ? language : 'en'
}
