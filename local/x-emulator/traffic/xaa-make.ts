import type { XaaEnvelope } from '../payloads/xaa-event.ts';
import type { Made, Scene } from './scene.ts';

/** Makes an event of one XAA type for one subscription. */
export type XaaMake = (scene: Scene, envelope: XaaEnvelope) => Made;

export type XaaMakers = Readonly<Record<string, XaaMake>>;
