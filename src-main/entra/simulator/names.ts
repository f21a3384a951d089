/**
 * The raw material of invented people: names as they are written and as they become an alias, by writing tradition, with an
 * office to sit in. Taken in turn, so that even five people hold an apostrophe, diacritics, CJK and right-to-left text.
 */

/** A name as its bearer writes it, and the ASCII form Entra allows in a userPrincipalName. */
type Name = readonly [written: string, alias: string];

export interface Office {
  office: string;
  street: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
  /** Country and area code of the switchboard. */
  dial: string;
  language: string;
}

export interface NameFamily {
  given: readonly Name[];
  surname: readonly Name[];
  /** How a display name is put together. */
  display: (given: string, surname: string) => string;
  office: Office;
}

const givenFirst = (given: string, surname: string): string => `${given} ${surname}`;
const familyFirst = (given: string, surname: string): string => `${surname} ${given}`;

function office(
  [name, street]: readonly [string, string],
  [city, state, postalCode, country]: readonly [string, string, string, string],
  [dial, language]: readonly [string, string],
): Office {
  return { office: name, street, city, state, postalCode, country, dial, language };
}

export const nameFamilies: readonly NameFamily[] = [
  {
    given: [
      ['Siobhán', 'siobhan'],
      ['Orla', 'orla'],
      ['Cormac', 'cormac'],
      ['Aoife', 'aoife'],
    ],
    surname: [
      ["O'Rourke", "o'rourke"],
      ["D'Arcy", "d'arcy"],
      ["O'Dwyer", "o'dwyer"],
    ],
    display: givenFirst,
    office: office(['Quay Row 2B', '4 Quay Row'], ['Galway', 'Connacht', 'H91 X0X0', 'IE'], ['+353 91', 'en-IE']),
  },
  {
    given: [
      ['Zoë', 'zoe'],
      ['Jürgen', 'juergen'],
      ['Łucja', 'lucja'],
      ['Çağla', 'cagla'],
      ['Renée', 'renee'],
    ],
    surname: [
      ['Müller-Weiß', 'mueller-weiss'],
      ['Wójcik', 'wojcik'],
      ['Şahin', 'sahin'],
      ['Lefèvre', 'lefevre'],
      ['Öberg', 'oeberg'],
    ],
    display: givenFirst,
    office: office(
      ['Haus am Kanal', 'Kanalstraße 17'],
      ['Lübeck', 'Schleswig-Holstein', '23552', 'DE'],
      ['+49 451', 'de-DE'],
    ),
  },
  {
    given: [
      ['花子', 'hanako'],
      ['健', 'ken'],
      ['美咲', 'misaki'],
      ['蓮', 'ren'],
    ],
    surname: [
      ['山田', 'yamada'],
      ['佐藤', 'sato'],
      ['渡邉', 'watanabe'],
    ],
    display: familyFirst,
    office: office(['海岸ビル 3階', '海岸通 5-1'], ['神戸市', '兵庫県', '650-0024', 'JP'], ['+81 78', 'ja-JP']),
  },
  {
    given: [
      ['ليلى', 'layla'],
      ['عمر', 'omar'],
      ['نور', 'noor'],
      ['سامي', 'sami'],
    ],
    surname: [
      ['حداد', 'haddad'],
      ['الفارسي', 'alfarsi'],
      ['منصور', 'mansour'],
    ],
    display: givenFirst,
    office: office(['مبنى الميناء', 'شارع البحر 12'], ['العقبة', 'محافظة العقبة', '77110', 'JO'], ['+962 3', 'ar-JO']),
  },
  {
    given: [
      ['Kwame', 'kwame'],
      ['Priya', 'priya'],
      ['Marcus', 'marcus'],
      ['Hannah', 'hannah'],
      ['Diego', 'diego'],
    ],
    surname: [
      ['Mensah', 'mensah'],
      ['Brandt', 'brandt'],
      ['Whitlock', 'whitlock'],
      ['Raman', 'raman'],
    ],
    display: givenFirst,
    office: office(
      ['Harbour House', '210 Harbour Road'],
      ['Cape Coast', 'Central Region', 'CC-0144', 'GH'],
      ['+233 33', 'en-GH'],
    ),
  },
  {
    given: [
      ['秀英', 'xiuying'],
      ['伟', 'wei'],
      ['静', 'jing'],
    ],
    surname: [
      ['王', 'wang'],
      ['李', 'li'],
      ['欧阳', 'ouyang'],
    ],
    display: (given, surname) => `${surname}${given}`,
    office: office(['滨海大厦 8层', '海河路 66号'], ['天津', '天津市', '300040', 'CN'], ['+86 22', 'zh-CN']),
  },
  {
    given: [
      ['נועה', 'noa'],
      ['איתן', 'eitan'],
    ],
    surname: [
      ['לוי', 'levi'],
      ['ברק', 'barak'],
    ],
    display: givenFirst,
    office: office(['בית הנמל', 'רחוב הנמל 9'], ['חיפה', 'מחוז חיפה', '3303109', 'IL'], ['+972 4', 'he-IL']),
  },
  {
    given: [
      ['Ольга', 'olha'],
      ['Богдан', 'bohdan'],
      ['Марія', 'mariia'],
    ],
    surname: [
      ['Коваленко', 'kovalenko'],
      ['Шевчук', 'shevchuk'],
      ['Бондар', 'bondar'],
    ],
    display: givenFirst,
    office: office(
      ['Дім на Пристані', 'вул. Портова 3'],
      ['Одеса', 'Одеська область', '65026', 'UA'],
      ['+380 48', 'uk-UA'],
    ),
  },
  {
    given: [
      ['Thị Hòa', 'hoa'],
      ['Minh Đức', 'duc'],
      ['Bảo Ngọc', 'ngoc'],
    ],
    surname: [
      ['Nguyễn', 'nguyen'],
      ['Trần', 'tran'],
      ['Đặng', 'dang'],
    ],
    display: familyFirst,
    office: office(['Tòa nhà Bến Cảng', '18 Bến Cảng'], ['Đà Nẵng', 'Đà Nẵng', '550000', 'VN'], ['+84 236', 'vi-VN']),
  },
];

export const departments: readonly string[] = [
  'Hydrology',
  'Facilities & Grounds',
  'Finance',
  'People Operations',
  'Field Service',
  'IT Service Desk',
  'Recherche & Développement',
];

export const jobTitles: readonly string[] = [
  'Tide Analyst',
  'Service Desk Agent',
  'Network Engineer',
  'Payroll Specialist',
  'Field Technician (Level 2)',
  'Chargée de clientèle',
  'Change Manager',
];

export const groupNames: readonly string[] = [
  'All Staff',
  'Estuary Crew',
  'Service Desk',
  'Change Advisory Board',
  'Équipe Réseau',
  'Field Service North',
  'Night Shift',
  '設備管理チーム',
];
