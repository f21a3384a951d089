import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';

/** The ramp from ink to paper; 80 is the colour of everything that can be pressed. */
const brand: BrandVariants = {
  10: '#020616',
  20: '#0A1433',
  30: '#0B1F55',
  40: '#0B2A73',
  50: '#10368F',
  60: '#1743A9',
  70: '#2051C2',
  80: '#2B60DA',
  90: '#4675EC',
  100: '#628BF5',
  110: '#7C9FFA',
  120: '#95B3FC',
  130: '#AEC6FD',
  140: '#C6D7FE',
  150: '#DCE7FE',
  160: '#EFF4FF',
};

/** Keys of our own. `signal*` paints lines and marks only (3:1); words take the `…Foreground` keys (4.5:1). */
interface SignalKeys {
  signalOk: string;
  signalWarn: string;
  signalFail: string;
  signalPractice: string;
  signalIdle: string;
  signalGlow: string;
  practiceForeground: string;
  scopeBackground: string;
  scopeGrid: string;
  tintFail: string;
  tintWarn: string;
  barInk: string;
}

export type PilotTheme = Theme & SignalKeys;

const type: Partial<Theme> = {
  fontFamilyBase: "'Segoe UI Variable Text', 'Segoe UI', Inter, system-ui, sans-serif",
  fontFamilyMonospace: "'Cascadia Mono', Consolas, ui-monospace, monospace",
};

export const lightTheme: PilotTheme = {
  ...createLightTheme(brand),
  ...type,
  colorNeutralBackground1: '#FFFFFF',
  colorNeutralBackground2: '#F6F7F9',
  colorNeutralBackground3: '#F0F2F6',
  colorNeutralBackground1Selected: '#EDF1F8',
  colorSubtleBackgroundHover: '#F0F2F6',
  colorSubtleBackgroundPressed: '#E6EAF0',
  colorSubtleBackgroundSelected: '#E6EAF2',
  colorNeutralForeground1: '#10151F',
  colorNeutralForeground2: '#343D4C',
  colorNeutralForeground3: '#566072',
  colorNeutralForeground4: '#687286',
  colorNeutralStroke1: '#CBD1DB',
  colorNeutralStroke2: '#DEE2E9',
  colorNeutralStroke3: '#EAEDF2',
  colorStatusSuccessForeground1: '#0A7443',
  colorStatusWarningForeground1: '#8A5200',
  colorStatusDangerForeground1: '#B82323',
  colorCompoundBrandStroke: brand[80],
  colorBrandForeground1: brand[80],
  signalOk: '#13A366',
  signalWarn: '#D08700',
  signalFail: '#DB3A3A',
  signalPractice: '#8A5CE6',
  signalIdle: '#B9C1CD',
  signalGlow: 'transparent',
  practiceForeground: '#6838C0',
  scopeBackground: '#FAFBFC',
  scopeGrid: '#E6EAF0',
  tintFail: '#FDEDED',
  tintWarn: '#FDF3DC',
  barInk: '#5A6477',
};

export const darkTheme: PilotTheme = {
  ...createDarkTheme(brand),
  ...type,
  colorNeutralBackground1: '#11151B',
  colorNeutralBackground2: '#0B0E13',
  colorNeutralBackground3: '#191E27',
  colorNeutralBackground1Selected: '#1B2331',
  colorSubtleBackgroundHover: '#191E27',
  colorSubtleBackgroundPressed: '#141920',
  colorSubtleBackgroundSelected: '#1F2632',
  colorNeutralForeground1: '#EDF0F5',
  colorNeutralForeground2: '#C5CCD8',
  colorNeutralForeground3: '#9AA4B5',
  colorNeutralForeground4: '#828D9F',
  colorNeutralStroke1: '#3A4351',
  colorNeutralStroke2: '#282F3A',
  colorNeutralStroke3: '#1F252E',
  colorStatusSuccessForeground1: '#45D394',
  colorStatusWarningForeground1: '#F0B444',
  colorStatusDangerForeground1: '#FF7B78',
  colorCompoundBrandStroke: '#7C9FFA',
  colorBrandForeground1: '#86A7FB',
  colorBrandForegroundLink: '#86A7FB',
  colorBrandBackground: brand[80],
  colorBrandBackgroundHover: brand[70],
  colorBrandBackgroundPressed: brand[60],
  signalOk: '#2FD08A',
  signalWarn: '#EFAE35',
  signalFail: '#FF6262',
  signalPractice: '#A883FF',
  signalIdle: '#434D5C',
  signalGlow: '0 0 8px rgb(47 208 138 / 40%)',
  practiceForeground: '#B99BFF',
  scopeBackground: '#0B0E13',
  scopeGrid: '#1B212A',
  tintFail: '#2C1519',
  tintWarn: '#2A2010',
  barInk: '#8A94A6',
};

/** A theme under forced colours: what we paint ourselves keeps its shape and takes the reader's own colour. */
export function inOwnColours(theme: PilotTheme): PilotTheme {
  return {
    ...theme,
    signalOk: 'CanvasText',
    signalWarn: 'CanvasText',
    signalFail: 'CanvasText',
    signalPractice: 'CanvasText',
    signalIdle: 'CanvasText',
    barInk: 'CanvasText',
    signalGlow: 'transparent',
  };
}

/** Our own keys as CSS variables; FluentProvider writes them beside Fluent's. */
export const signal: Record<keyof SignalKeys, string> = {
  signalOk: 'var(--signalOk)',
  signalWarn: 'var(--signalWarn)',
  signalFail: 'var(--signalFail)',
  signalPractice: 'var(--signalPractice)',
  signalIdle: 'var(--signalIdle)',
  signalGlow: 'var(--signalGlow)',
  practiceForeground: 'var(--practiceForeground)',
  scopeBackground: 'var(--scopeBackground)',
  scopeGrid: 'var(--scopeGrid)',
  tintFail: 'var(--tintFail)',
  tintWarn: 'var(--tintWarn)',
  barInk: 'var(--barInk)',
};
