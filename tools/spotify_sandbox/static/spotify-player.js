// @ts-check
// Stand-in of the Web Playback SDK: a device that plays tones as /v1/me/player tells it.
// https://developer.spotify.com/documentation/web-playback-sdk/reference

(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const origin = new URL(script.src).origin;
  const JSON_HEADERS = { "content-type": "application/json" };
  const PREVIOUS_SHOWN = 2;

  /** @typedef {{ uri: string, name: string, duration_ms: number, tune: number }} Track */

  class Player {
    /** @param {{ name: string, getOAuthToken: (cb: (token: string) => void) => void, volume?: number }} options */
    constructor(options) {
      if (typeof options?.name !== "string" || typeof options.getOAuthToken !== "function") {
        throw new Error("Spotify.Player needs a name and getOAuthToken");
      }
      this._options = options;
      this._volume = options.volume ?? 1;
      /** @type {Map<string, Set<(data: any) => void>>} */
      this._listeners = new Map();
      /** @type {string | null} */
      this._device = null;
      /** @type {EventSource | null} */
      this._events = null;
      /** @type {any} */
      this._tone = null;
      /** @type {Track[]} */
      this._tracks = [];
      this._index = 0;
      /** @type {string | null} */
      this._context = null;
      this._active = false;
      this._paused = true;
      this._blocked = false;
      /** @type {Promise<void>} */
      this._turn = Promise.resolve();
    }

    /** @param {string} event @param {(data: any) => void} listener */
    addListener(event, listener) {
      const listeners = this._listeners.get(event) ?? new Set();
      this._listeners.set(event, listeners.add(listener));
      return true;
    }

    /** @param {string} event @param {(data: any) => void} [listener] */
    removeListener(event, listener) {
      if (listener === undefined) return this._listeners.delete(event);
      return this._listeners.get(event)?.delete(listener) ?? false;
    }

    async connect() {
      if (this._device !== null) return true;
      const answer = await this._register();
      if (answer.error) {
        this._emit(answer.error, { message: answer.message });
        return false;
      }
      const { Tone } = await import(`${origin}/static/tones.js`);
      this._tone = new Tone(() => this._queued(() => this._ended()));
      this._tone.setVolume(this._volume);
      const device = answer.device_id;
      this._device = device;
      this._events = new EventSource(`${origin}/sdk/devices/${device}/events`);
      this._events.onopen = () => this._emit("ready", { device_id: device });
      this._events.onerror = () => this._emit("not_ready", { device_id: device });
      this._events.onmessage = ({ data }) => this._queued(() => this._obey(JSON.parse(data)));
      return true;
    }

    disconnect() {
      const device = this._device;
      if (device === null) return;
      this._device = null;
      this._events?.close();
      this._active = false;
      this._tone?.close();
      this._tone = null;
      void fetch(`${origin}/sdk/devices/${device}`, { method: "DELETE", keepalive: true });
    }

    async getCurrentState() {
      return this._state();
    }

    async pause() {
      await this._queued(async () => {
        if (!this._active || this._paused) return;
        this._tone.pause();
        this._paused = true;
        this._changed();
      });
    }

    async resume() {
      await this._queued(() => this._start());
    }

    async togglePlay() {
      await (this._paused ? this.resume() : this.pause());
    }

    /** @param {number} positionMs */
    async seek(positionMs) {
      await this._queued(async () => {
        if (!this._active) return;
        await this._tone.seek(positionMs / 1000);
        this._changed();
      });
    }

    async previousTrack() {
      await this._queued(() => this._move(-1));
    }

    async nextTrack() {
      await this._queued(() => this._move(1));
    }

    /** @param {number} volume 0 to 1 */
    async setVolume(volume) {
      this._volume = Math.max(0, Math.min(1, volume));
      this._tone?.setVolume(this._volume);
    }

    async getVolume() {
      return this._volume;
    }

    /** @param {string} name */
    async setName(name) {
      this._options = { ...this._options, name };
    }

    async activateElement() {
      this._blocked = false;
      await this._tone?.context.resume();
    }

    async _register() {
      /** @type {string} */
      const token = await new Promise((given) => this._options.getOAuthToken(given));
      try {
        const reply = await fetch(`${origin}/sdk/devices`, {
          method: "POST",
          headers: { ...JSON_HEADERS, authorization: `Bearer ${token}` },
          body: JSON.stringify({ name: this._options.name }),
        });
        const answer = await reply.json();
        if (answer.device_id || answer.error?.trim) return answer;
      } catch {
        // answered below, as where the reply is none of ours
      }
      return { error: "initialization_error", message: "The stand-in does not answer" };
    }

    /** One thing after the other, whatever comes in between. @param {() => Promise<void> | void} act */
    _queued(act) {
      this._turn = this._turn.then(act).catch((problem) => {
        this._emit("playback_error", { message: String(problem) });
      });
      return this._turn;
    }

    /** @param {any} command */
    async _obey(command) {
      if (this._tone === null) return;
      switch (command.do) {
        case "load":
          return this._load(command);
        case "resume":
          return this._start();
        case "pause":
          this._tone.pause();
          this._paused = true;
          return this._changed();
        case "next":
          return this._move(1);
        case "previous":
          return this._move(-1);
        case "seek":
          await this._tone.seek(command.position_ms / 1000);
          return this._changed();
        case "volume":
          return this.setVolume(command.volume);
        case "queue":
          this._tracks.splice(this._index + 1, 0, command.track);
          return this._changed();
        case "elsewhere":
          this._tone.pause();
          this._active = false;
          this._paused = true;
          return this._emit("player_state_changed", null);
      }
    }

    /** @param {any} command */
    async _load(command) {
      if (command.playback_error) {
        this._emit("playback_error", { message: "Cannot perform operation; no list was loaded." });
        return;
      }
      this._tracks = command.tracks;
      this._index = command.index;
      this._context = command.context;
      this._active = true;
      this._blocked = command.autoplay_blocked;
      this._open();
      await this._tone.seek(command.position_ms / 1000);
      await this._start();
    }

    _open() {
      const track = this._tracks[this._index];
      this._tone.load({ tune: track.tune, duration_s: track.duration_ms / 1000 });
    }

    async _start() {
      if (!this._active || this._tracks.length === 0) return;
      const starts = !this._blocked && (await this._tone.play());
      this._paused = !starts;
      this._changed();
      if (!starts) this._emit("autoplay_failed", undefined);
    }

    /** @param {number} step */
    async _move(step) {
      const to = this._index + step;
      if (!this._active || to < 0 || to >= this._tracks.length) return;
      this._index = to;
      this._open();
      await this._start();
    }

    async _ended() {
      if (this._index + 1 < this._tracks.length) return this._move(1);
      this._paused = true;
      this._changed(true);
    }

    /** @param {boolean} [over] whether the last track has come to its end */
    _state(over = false) {
      if (!this._active || this._tracks.length === 0) return null;
      const shown = this._tracks.map(({ tune: _, ...track }) => track);
      const before = shown.slice(0, this._index + (over ? 1 : 0));
      return {
        context: { uri: this._context, metadata: {} },
        disallows: {},
        duration: shown[this._index].duration_ms,
        paused: this._paused,
        position: Math.round(this._tone.positionS * 1000),
        repeat_mode: 0,
        shuffle: false,
        loading: false,
        timestamp: Date.now(),
        track_window: {
          current_track: shown[this._index],
          previous_tracks: before.slice(-PREVIOUS_SHOWN),
          next_tracks: shown.slice(this._index + 1, this._index + 1 + PREVIOUS_SHOWN),
        },
      };
    }

    /** @param {boolean} [over] */
    _changed(over = false) {
      const state = this._state(over);
      if (state === null || this._device === null) return;
      void fetch(`${origin}/sdk/devices/${this._device}/state`, {
        method: "POST",
        headers: JSON_HEADERS,
        body: JSON.stringify({
          uri: state.track_window.current_track.uri,
          context_uri: state.context.uri,
          paused: state.paused,
          position_ms: state.position,
        }),
      }).catch(() => undefined);
      this._emit("player_state_changed", state);
    }

    /** @param {string} event @param {unknown} data */
    _emit(event, data) {
      for (const listener of [...(this._listeners.get(event) ?? [])]) listener(data);
    }
  }

  const page = /** @type {any} */ (window);
  page.Spotify = { Player };
  if (typeof page.onSpotifyWebPlaybackSDKReady !== "function") {
    throw new Error("onSpotifyWebPlaybackSDKReady is not defined");
  }
  page.onSpotifyWebPlaybackSDKReady();
})();
