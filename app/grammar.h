// SPDX-License-Identifier: GPL-3.0-or-later
//! The command line as a table: which verbs there are and what each takes.
#pragma once
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <variant>

namespace tallystick {

/// An option a verb takes, written --name, or --name VALUE when \a value is not empty.
struct OptionRule
{
    QString name;
    QString value;
    QString help;
    bool required = false;
    bool available = true; ///< false: of the contract, but of a later version
};

/// A verb, one or two words. Positionals in square brackets may be left out.
struct VerbRule
{
    QString words; ///< "" for the window
    QString summary;
    QStringList positionals;
    QList<OptionRule> options;
    bool available = true;
};

/// The command line could not be understood; exit code 64.
struct WrongUsage
{
    QString sentence;
    QString usage; ///< of the verb, or of the whole program when there was none
};

/// A command line that fits the table; what the values mean is looked at later.
struct Given
{
    VerbRule verb;
    QStringList positionals;
    QHash<QString, QString> options; ///< flags have an empty value
    QString helpOf;                  ///< with --help: the words it was asked for
    [[nodiscard]] bool has(const QString& option) const { return options.contains(option); }
};

[[nodiscard]] const QList<VerbRule>& verbRules();
/// Options every verb takes.
[[nodiscard]] const QList<OptionRule>& globalOptions();

/// "tallystick top-up ID AMOUNT --reason TEXT [--ceiling C] …", wrapped.
[[nodiscard]] QString usageLine(const VerbRule& verb);
/// The usage of a verb with a line for each option; of a group ("lab") or of everything ("").
[[nodiscard]] QString usageOf(const QString& words);

/// What is said below a sentence about wrong usage: the verb's usage line and where to read more.
[[nodiscard]] QString hintOf(const QString& words);

/// \a arguments without the program's name. With --help or --version nothing else is checked.
[[nodiscard]] std::variant<Given, WrongUsage> readArguments(const QStringList& arguments);

} // namespace tallystick
