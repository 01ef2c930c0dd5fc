/** A made-up X account. `id` is a decimal string. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly bio: string;
  readonly location: string;
  readonly joinedAtMs: number;
  readonly followers: number;
  readonly following: number;
  readonly posts: number;
  readonly likes: number;
  readonly verified: boolean;
}

const people = [
  ['Mira Halvorsen', 'mirahal', 'Bergen, Norge', 'Paints fjords. Drinks coffee ☕'],
  ['Tomás Ibarrola', 'tibarrola', 'Valparaíso, Chile', 'Ingeniero, ciclista, papá.'],
  ['小川ひなた', 'hinata_ogawa', '札幌', '写真とパンが好き🍞'],
  ['Adaeze Nwosu', 'adaezewrites', 'Enugu', 'Novelist. Opinions are my characters’.'],
  ['Lucie Charpentier', 'lucie_charp', 'Nantes', 'Géographe à ses heures 🗺️'],
  ['Юлия Ветрова', 'vetrova_y', 'Томск', 'Пишу про мосты и птиц'],
  ['Priya Ramanathan', 'priyaraman', 'Coimbatore', 'ಕನ್ನಡ, தமிழ், English. Rust by night.'],
  ['Nils Överby', 'nilsoverby', 'Luleå', 'Snö. Tåg. Snötåg.'],
  ['سارة الحداد', 'sara_haddad_', 'عمّان', 'مهندسة معمارية 🏛️'],
  ['João Pestana', 'joaopestana', 'Setúbal', 'Surf antes do trabalho 🏄🏽‍♂️'],
  ['Kim Ha-eun', 'haeun_bakes', '대전', '빵 굽는 개발자'],
  ['Old Mill Bakery', 'oldmillbakery', 'Ludlow, UK', 'Open from six. "Best rye" /since 1931/'],
] as const;

const bornMs = Date.UTC(2009, 0, 1);
const dayMs = 86_400_000;

/** The same id always gives the same account. */
export function accountOf(id: string): Account {
  const seed = Number(BigInt(id) % 999_983n);
  const [name, handle, location, bio] = people[seed % people.length] ?? people[0];
  return {
    id,
    username: `${handle}${seed % 97}`.slice(0, 15),
    name,
    bio,
    location,
    joinedAtMs: bornMs + (seed % 5_500) * dayMs + seed * 1000,
    followers: (seed * 7) % 25_000,
    following: (seed * 3) % 1_800,
    posts: (seed * 5) % 40_000,
    likes: (seed * 11) % 60_000,
    verified: seed % 3 === 0,
  };
}
