// SPDX-License-Identifier: GPL-3.0-or-later
//! What a verb prints: results to standard output, everything else to standard error.
#pragma once
#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <cstdio>
#include <mutex>

namespace tallystick {

/// The exit codes of the command line's contract.
enum class ExitCode {
    Done = 0,
    Refused = 1, ///< by a rule, or a threshold missed
    Violated = 2,
    Unknown = 3,
    Failed = 4, ///< cannot connect, or the tool failed
    WrongUsage = 64
};

/// Writes whole lines at once, from any thread; remembers when standard output took nothing more.
class Console final
{
public:
    Console(std::FILE* out, std::FILE* err);

    /// A result; a line feed is added.
    void print(const QString& line);
    void print(const QJsonObject& document);
    void printRaw(const QByteArray& bytes);
    /// Anything that is not a result; a line feed is added.
    void say(const QString& line);
    /// Replaces the line of progress; nothing happens when standard error is no terminal.
    void progress(const QString& line);
    void endProgress();
    [[nodiscard]] bool isTerminal() const { return m_isTerminal; }
    /// False when a result could not be written, e.g. to a full disk.
    [[nodiscard]] bool isIntact() const { return m_isIntact; }

private:
    void clearProgress(); ///< the caller holds the mutex

    std::mutex m_mutex;
    std::FILE* m_out;
    std::FILE* m_err;
    bool m_isTerminal = false;
    bool m_isIntact = true;
    bool m_hasProgress = false;
};

struct Column
{
    QString title;
    bool isNumber = false; ///< right-aligned
};

/// Columns as wide as their widest cell; control characters are shown as spaces, so that data
/// cannot move a terminal's cursor.
[[nodiscard]] QString textTable(const QList<Column>& columns, const QList<QStringList>& rows);

/// RFC 4180 with a header line. A cell that a spreadsheet would take for a formula gets an
/// apostrophe before it; whole numbers stay as they are.
[[nodiscard]] QByteArray csv(const QStringList& header, const QList<QStringList>& rows);

/// \a text without control characters, for one line of a terminal.
[[nodiscard]] QString printable(const QString& text);

} // namespace tallystick
