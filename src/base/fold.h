/* base/fold.h: text as searches compare it: the same name typed in another width, case or kana is the same. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

/**
 * Folds a name or a search word: full-width ASCII and half-width katakana to the usual width, letters to lower case,
 * katakana to hiragana, the long vowel mark after kana dropped ("サーバー" and "サーバ" are one), dashes to '-', runs of
 * blanks to one, none at the ends. Characters it does not know stay as they are.
 *
 * text   valid UTF-8
 * Returns the folded text; lives in arena. Folding twice gives the same as folding once.
 */
struct str fold(struct arena *arena, struct str text);

/**
 * A folded word that may be a part of one, as folded texts would have that part: long vowel marks at its beginning are gone there when kana stood before ("ーム" is
 * in "ゲーム"). One of nothing but marks stays as it is.
 */
struct str fold_part(struct str word);

/**
 * Does the folded word stand in the folded text? A word of ASCII letters and digits must stand alone ("ai" is not in
 * "email"); Japanese has no blanks between words, so any other place counts.
 */
bool fold_has_word(struct str text, struct str word);
