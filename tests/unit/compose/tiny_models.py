"""The three published models in miniature: the same classes and folders, random weights, a few thousand numbers."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

WORDS = ("<pad>", "</s>", "<unk>", "pop", "happy", "instrumental", "bpm", "no", "drums", "major", "minor", "music")


def _seeded() -> Any:
    torch = import_module("torch")
    torch.manual_seed(0)
    return torch


def _tokens(longest: int) -> Any:
    tokenizers, transformers = import_module("tokenizers"), import_module("transformers")
    words = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>")
    )
    words.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=longest
    )


def _t5() -> Any:
    transformers = import_module("transformers")
    return transformers.T5Config(
        vocab_size=len(WORDS), d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2, decoder_start_token_id=0
    )


def _oobleck(rate: int, channels: int, ratios: list[int]) -> Any:
    return import_module("diffusers").AutoencoderOobleck(
        encoder_hidden_size=6,
        downsampling_ratios=ratios,
        decoder_channels=4,
        decoder_input_channels=channels,
        audio_channels=2,
        channel_multiples=[1] * len(ratios),
        sampling_rate=rate,
    )


def ace_step(folder: Path, turbo: bool = True) -> Path:
    """As `AceStepPipeline` saves itself."""
    _seeded()
    diffusers, transformers = import_module("diffusers"), import_module("transformers")
    made = import_module("diffusers.pipelines.ace_step.modeling_ace_step")
    shape = {"num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": 8, "intermediate_size": 32}
    text = transformers.Qwen3Config(vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, **shape)
    pipeline = diffusers.AceStepPipeline(
        vae=_oobleck(48_000, 8, [8, 8, 30]),
        text_encoder=transformers.Qwen3Model(text),
        tokenizer=_tokens(256),
        transformer=diffusers.AceStepTransformer1DModel(
            hidden_size=16,
            num_hidden_layers=2,
            in_channels=24,
            audio_acoustic_hidden_dim=8,
            sliding_window=16,
            is_turbo=turbo,
            **shape,
        ),
        condition_encoder=made.AceStepConditionEncoder(
            hidden_size=16,
            text_hidden_dim=16,
            timbre_hidden_dim=8,
            num_lyric_encoder_hidden_layers=1,
            num_timbre_encoder_hidden_layers=1,
            **shape,
        ),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    )
    pipeline.save_pretrained(folder)
    return folder


def stable_audio(folder: Path) -> Path:
    """As `StableAudioPipeline` saves itself: four seconds at most."""
    _seeded()
    diffusers, transformers = import_module("diffusers"), import_module("transformers")
    text = _t5()
    pipeline = diffusers.StableAudioPipeline(
        vae=_oobleck(44_100, 4, [4, 8, 16]),
        text_encoder=transformers.T5EncoderModel(text),
        projection_model=diffusers.StableAudioProjectionModel(
            text_encoder_dim=16, conditioning_dim=16, min_value=0, max_value=64
        ),
        tokenizer=_tokens(32),
        transformer=diffusers.StableAudioDiTModel(
            sample_size=4 * 44_100 // 512,
            in_channels=4,
            num_layers=1,
            attention_head_dim=8,
            num_attention_heads=2,
            num_key_value_attention_heads=1,
            out_channels=4,
            cross_attention_dim=16,
            time_proj_dim=8,
            global_states_input_dim=32,
            cross_attention_input_dim=16,
        ),
        scheduler=diffusers.CosineDPMSolverMultistepScheduler(),
    )
    pipeline.save_pretrained(folder)
    return folder


def musicgen(folder: Path, channels: int = 2) -> Path:
    """As `MusicgenForConditionalGeneration` saves itself, with its processor: 25 codes a second."""
    _seeded()
    transformers = import_module("transformers")
    sound = transformers.EncodecConfig(
        audio_channels=1,
        sampling_rate=3_200,
        num_filters=4,
        hidden_size=8,
        codebook_dim=8,
        codebook_size=16,
        upsampling_ratios=[16, 8],
        num_lstm_layers=1,
        target_bandwidths=[0.2],
        use_causal_conv=True,
    )
    decoder = transformers.MusicgenDecoderConfig(
        vocab_size=16,
        hidden_size=16,
        ffn_dim=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_codebooks=2 * channels,
        audio_channels=channels,
        pad_token_id=16,
        bos_token_id=16,
    )
    config = transformers.MusicgenConfig(text_encoder=_t5(), audio_encoder=sound, decoder=decoder)
    model = transformers.MusicgenForConditionalGeneration(config)
    model.generation_config.update(do_sample=True, guidance_scale=3.0, max_length=100)
    for given in (model.generation_config, model.decoder.generation_config):
        given.update(decoder_start_token_id=16, pad_token_id=16, bos_token_id=16)
    for layer in model.audio_encoder.quantizer.layers:
        layer.codebook.embed.normal_()  # untrained they are zeros, and every code would sound alike
    model.save_pretrained(folder)
    listener = transformers.EncodecFeatureExtractor(feature_size=channels, sampling_rate=3_200, padding_side="left")
    transformers.MusicgenProcessor(listener, _tokens(64)).save_pretrained(folder)
    return folder
