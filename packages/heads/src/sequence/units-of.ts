/** The number of units in the argument of a recurrent head. */

/** Of a head without an argument: about that of the smallest encoders' features, at which a step costs little. */
const usual = 256;

/** @throws if the argument is no whole number from 1 to 9999. */
export function unitsOf(name: string, argument: string | undefined): number {
  if (argument === undefined) return usual;
  if (!/^[1-9]\d{0,3}$/.test(argument))
    throw new Error(
      `Head "${name}" takes a number of units from 1 to 9999, as ${name}[:<units>]; got "${argument}".`,
    );
  return Number(argument);
}
