import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import { whyNever } from '../model/combinations.ts'
import { faultNames } from '../faults/catalogue.ts'
import { farmFile, type FarmPlan } from './schema.ts'

/** A farm file that cannot be simulated; one line per problem, each naming the place. */
export class FarmFileError extends Error {
  readonly problems: readonly string[]

  constructor(file: string, problems: readonly string[]) {
    super(problems.map((problem) => `${file}: ${problem}`).join('\n'))
    this.name = 'FarmFileError'
    this.problems = problems
  }
}

/** Reads a farm file (YAML). Throws a FarmFileError with everything that is wrong. */
export async function readFarmFile(path: string): Promise<FarmPlan> {
  const document = parseDocument(await readFile(path, 'utf8'))
  if (document.errors.length > 0)
    throw new FarmFileError(
      path,
      document.errors.map((one) => one.message),
    )
  return checkFarm(document.toJS({ maxAliasCount: 20 }), path)
}

/** Checks a farm given as an object, fills in what it leaves out. Throws a FarmFileError. */
export function checkFarm(value: unknown, file = 'farm'): FarmPlan {
  const read = farmFile.safeParse(value)
  if (!read.success) {
    throw new FarmFileError(
      file,
      read.error.issues.map((one) => `${one.path.map(String).join('.') || 'the file'}: ${one.message}`),
    )
  }
  const problems = loose(read.data)
  if (problems.length > 0) throw new FarmFileError(file, problems)
  return read.data
}

/** Names that lead nowhere, pairs that do not exist, faults nobody knows. */
function loose(plan: FarmPlan): string[] {
  const among = (known: readonly string[], at: string, wanted: readonly string[]) =>
    wanted.filter((one) => !known.includes(one)).map((one) => `${at}: there is no ${one} (there is ${known.join(', ')})`)
  const images = Object.keys(plan.images)
  const stores = plan.stores.map((one) => one.name)
  const disks = plan.disks.map((one) => one.name)
  return [
    ...plan.stores.flatMap((one) => among(plan.servers, `stores.${one.name}.servers`, one.servers)),
    ...plan.disks.flatMap((one) => [
      ...among(stores, `disks.${one.name}.store`, [one.store]),
      ...among(images, `disks.${one.name}.image`, [one.image]),
    ]),
    ...plan.devices.flatMap((one) => [
      ...among(disks, `devices.${one.name}.disks`, one.disks),
      ...among(images, `devices.${one.name}.hardDisk`, one.hardDisk === undefined ? [] : [one.hardDisk]),
    ]),
    ...among(
      faultNames,
      'faults',
      plan.faults.map((one) => one.fault),
    ),
    ...Object.entries(plan.images).flatMap(([name, { os, office }]) => {
      const source = office === null ? undefined : whyNever(os, office)
      return source === undefined ? [] : [`images.${name}: Office ${office ?? ''} is not offered for ${os}. Source: ${source}`]
    }),
  ]
}
