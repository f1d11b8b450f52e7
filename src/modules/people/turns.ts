/**
 * Lets only so many do something at once. The others wait in line, and where the line is full they are turned away.
 * @param atOnce how many at once · @param inLine how many may wait
 * @returns runs the work when it is its turn; 'full' when the line was full
 */
export function turns(atOnce: number, inLine: number) {
  const waiting: (() => void)[] = []
  let working = 0
  return async <Result>(work: () => Promise<Result>): Promise<Result | 'full'> => {
    if (working >= atOnce) {
      if (waiting.length >= inLine) return 'full'
      // Whoever leaves hands over their place, so that nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else working++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }
}
