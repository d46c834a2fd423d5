// What Spotify's two players bring to the page (developer.spotify.com/documentation/web-playback-sdk
// and /documentation/embeds/references/iframe-api), as far as it is used.

interface SpotifySdkState {
  paused: boolean;
  position: number;
  duration: number;
  disallows: Record<string, boolean | undefined>;
  track_window: {
    current_track: {
      uri: string;
      name: string;
      artists: { name: string }[];
      album: { name: string; images: { url: string }[] };
    } | null;
  };
}

interface SpotifySdkPlayer {
  addListener(event: string, callback: (detail: never) => void): boolean;
  connect(): Promise<boolean>;
  disconnect(): void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  seek(position_ms: number): Promise<void>;
  setVolume(volume: number): Promise<void>;
  previousTrack(): Promise<void>;
  nextTrack(): Promise<void>;
  activateElement(): Promise<void>;
}

interface SpotifyEmbedController {
  addListener(
    event: string,
    callback: (event: { data: { isPaused: boolean; position: number; duration: number } }) => void,
  ): void;
  loadUri(uri: string): void;
  play(): void;
  pause(): void;
  resume(): void;
  destroy(): void;
}

interface SpotifyIframeApi {
  createController(
    element: HTMLElement,
    options: { uri: string; width: string; height: string },
    callback: (controller: SpotifyEmbedController) => void,
  ): void;
}

interface Window {
  Spotify?: {
    Player: new (options: {
      name: string;
      getOAuthToken: (callback: (token: string) => void) => void;
      volume: number;
      enableMediaSession: boolean;
    }) => SpotifySdkPlayer;
  };
  onSpotifyWebPlaybackSDKReady?: () => void;
  onSpotifyIframeApiReady?: (api: SpotifyIframeApi) => void;
}
