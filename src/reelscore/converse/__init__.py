"""A message and a timeline to what is meant: edits, actions, a question; and what is told in return. Pure.

`parse` is the way of a message from end to end. What it passes through, in this order:

The message as a whole, before it is divided: parse, dictated, normalise, alike_zh, stumbled_zh, languages, glossaries (foreign/), typos,
quotes, announced, content_ends, content_ends_zh, factual, tag_lines, other_words, file_names, own_words, lines_below, lines_listed, faulted, film_wishes, remarks, told_only,
near_looks, corrections, asked_instead, exchanged, contrasted, contrasted_zh, done_first, excepted_zh, forbidden, meant_by_not, left_alone, quoted_again, reasons, respelt,
rights, stays.

Where it is divided, and what belongs together: dividing, clauses, undivided, topics, message_reader, spoken, joining,
pieces_weighed, refined, refined_zh, cut_tails_zh, sound_tails_zh, elided, elided_zh, likewise, passed_over, told_why, told_why_zh, wish_runs.

What a clause is asked for: clause, around, findings, concepts, choice_words, reading.

The things it speaks of: scene, mention, mentions, named, numbered, numbered_on, counted, groups, ids, pointing, scoped,
spared, said_twice, other_one, anchors, to_stay, vocabulary_words.

Its quantities: numbers, quantities, quantity_rules, proportions, drawn_zh.

How one clause is read: one_clause, families (readers/), generic, filling, denied, placed, placed_zh, player_places, within, complained,
complained_zh,
wondering, each_its_own.

Music that is wished for, and what is said of the music there is: piece_asked, music_told, music_told_words,
music_said, music_saying, music_swapped, music_assembled, music_loudness.

What a program writes: settings_said, settings_groups, settings_tokens, settings_words, settings_values, settings_bound,
settings_fit, settings_json.

What leans on the message before: followups, amounts_again, another_text, bare, bare_steps, bare_things, bare_values, cuts_followed, excepted_after,
exported_again, fresh_files, furthered, kept_after_all, leftover, music_followed, other_end, same_again, scaled, shades, switched_off, taken_back, too,
touched, turned, undone_part.

A guess where no rule reads: guess, guess_features, guess_model (wordings/).

Is it all that was said, and may it be done: account, given, amounts_held, half_heard, overlooked, careful, beyond, unknown_things,
which_one, unplaced, gathering,
clauses_together.

Questions and their answers: questions, questions_of_amount, questions_of_taste, questions_of_text, examples_here, answers,
edit_told,
asking, asking_words.

What is told in return: reply, reply_words, reply_phrases, reply_changes, reply_info, suggest.

What all of it is made with: tables (words/), known, patterns, sieves, computed.
"""
