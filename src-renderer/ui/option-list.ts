import { useEffect, useId, useState } from 'react';

interface OptionListOptions {
  /** How many options there are now. */
  count: number;
  /** Where the walk begins and what lies between the last option and the first: the first one, or none at all. */
  rest: 'first' | 'none';
}

/** The list of a combobox: which option is chosen, and how the arrow keys walk through them in a circle. */
export function useOptionList({ count, rest }: OptionListOptions) {
  const id = useId();
  const least = rest === 'first' ? 0 : -1;
  const [at, setAt] = useState(least);
  const last = count - 1;
  const chosen = Math.min(at, last);
  const optionId = (index: number) => `${id}-${index}`;
  const chosenId = chosen < 0 ? undefined : optionId(chosen);
  useEffect(() => {
    if (chosenId !== undefined) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  return {
    id,
    /** Below 0: none. */
    chosen,
    optionId,
    /** For the field's `aria-activedescendant`. */
    chosenId,
    /** Back to where the walk begins. */
    restart: () => setAt(least),
    down: () => setAt(chosen >= last ? least : chosen + 1),
    up: () => setAt(chosen <= least ? last : chosen - 1),
  };
}
