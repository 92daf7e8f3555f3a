// SPDX-License-Identifier: GPL-3.0-or-later
//! Refusals and failures as a verb's answer: a sentence, an exit code, and JSON where asked for.
#pragma once
#include "app/output.h"
#include "ledger/core/error.h"
#include "ui/shared/words.h"

namespace tallystick {

/// Where an error came up.
struct AnswerContext
{
    words::Doing doing = words::Doing::Reading;
    bool json = false;
    QJsonObject facts; ///< more members of the JSON document, e.g. the key
};

/// Says the error and answers the exit code it stands for.
ExitCode answerError(Console& console, const Error& error, const AnswerContext& context);

/// The refusal of an id or key that cannot be one.
[[nodiscard]] RefusalWithFacts invalidId(const QString& text);

/// {"tallystick": 1} with \a members.
[[nodiscard]] QJsonObject document(const QJsonObject& members);

} // namespace tallystick
