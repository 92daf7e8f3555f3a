// SPDX-License-Identifier: GPL-3.0-or-later
//! Command lines as tests write them, and what becomes of them.
#pragma once
#include "app/options.h"

#include <QtCore/QStringList>

namespace tallystick {

/// Words of a shell line; "''" stands for an empty argument.
[[nodiscard]] inline QStringList line(const char* text)
{
    QStringList words = QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (QString& word : words)
        if (word == QLatin1String("''"))
            word.clear();
    return words;
}

[[nodiscard]] inline Options parsed(const char* text)
{
    const auto result = parseOptions(line(text));
    if (const auto* wrong = std::get_if<WrongUsage>(&result))
        qFatal("\"%s\" was not understood: %s", text, qPrintable(wrong->sentence));
    return std::get<Options>(result);
}

template <class VerbOptions>
[[nodiscard]] VerbOptions verbOf(const char* text)
{
    const Options options = parsed(text);
    if (!std::holds_alternative<VerbOptions>(options.verb))
        qFatal("\"%s\" was taken for another verb", text);
    return std::get<VerbOptions>(options.verb);
}

/// Empty when it is understood.
[[nodiscard]] inline QString wrongSentence(const QStringList& arguments)
{
    const auto result = parseOptions(arguments);
    const auto* wrong = std::get_if<WrongUsage>(&result);
    return wrong ? wrong->sentence : QString();
}

} // namespace tallystick
