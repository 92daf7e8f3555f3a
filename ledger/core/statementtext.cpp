// SPDX-License-Identifier: GPL-3.0-or-later
//! Walks over the text of a statement, skipping what is quoted.
#include "ledger/core/statementtext.h"

#include <QtCore/QSet>

namespace tallystick {

namespace {

bool isNameStart(QChar c)
{
    return c.isLetter() || c == QLatin1Char('_');
}

bool isNamePart(QChar c)
{
    return isNameStart(c) || c.isDigit();
}

class Reader final
{
public:
    explicit Reader(const QString& text)
        : m_text(text)
    {
    }

    std::variant<StatementText, StatementFlaw> read()
    {
        while (m_at < m_text.size() && m_flaw.isEmpty())
            step();
        if (m_flaw.isEmpty())
            checkVerb();
        if (!m_flaw.isEmpty())
            return StatementFlaw{m_flaw};
        m_read.sql = m_read.sql.trimmed();
        return m_read;
    }

private:
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
    }
    [[nodiscard]] bool looksAt(const char* text) const
    {
        return QStringView(m_text).mid(m_at).startsWith(QLatin1String(text));
    }
    void refuse(const QString& expected)
    {
        if (m_flaw.isEmpty())
            m_flaw = expected;
    }

    void step()
    {
        const QChar c = peek();
        if (looksAt("--")) {
            skipUntil(QStringLiteral("\n"), false);
        } else if (looksAt("/*")) {
            skipComment();
        } else if (c == QLatin1Char(';')) {
            m_isOver = true;
            ++m_at;
        } else if (c.isSpace()) {
            take(1);
        } else if (m_isOver) {
            refuse(QStringLiteral("one statement: what comes after the semicolon is another"));
        } else if (c == QLatin1Char('\'') || c == QLatin1Char('"')) {
            takeQuoted(c, false);
        } else if (c == QLatin1Char('$')) {
            takeDollar();
        } else if (looksAt("::")) {
            take(2);
        } else if (c == QLatin1Char(':') && isNameStart(peek(1))) {
            takePlaceholder();
        } else if (isNameStart(c)) {
            takeWord();
        } else {
            take(1);
        }
    }
    void take(qsizetype length)
    {
        m_read.sql += QStringView(m_text).mid(m_at, length);
        m_at += length;
    }
    [[nodiscard]] QString nameAt(qsizetype from) const
    {
        qsizetype end = from;
        while (end < m_text.size() && isNamePart(m_text.at(end)))
            ++end;
        return m_text.mid(from, end - from);
    }
    void takeWord()
    {
        const QString word = nameAt(m_at);
        if (m_words.size() < 3)
            m_words.append(word.toUpper());
        take(word.size());
        // E'…' knows backslashes; other prefixes (B, N, U&, X) do not.
        if (peek() == QLatin1Char('\'') && word.toUpper() == QLatin1String("E"))
            takeQuoted(QLatin1Char('\''), true);
    }
    void takeQuoted(QChar quote, bool knowsBackslash)
    {
        qsizetype end = m_at + 1;
        for (; end < m_text.size(); ++end) {
            if (knowsBackslash && m_text.at(end) == QLatin1Char('\\'))
                ++end;
            else if (m_text.at(end) == quote) {
                if (end + 1 >= m_text.size() || m_text.at(end + 1) != quote)
                    break;
                ++end;
            }
        }
        if (end >= m_text.size())
            refuse(QStringLiteral("a statement whose quotes end"));
        take(end + 1 - m_at);
    }
    void takeDollar()
    {
        if (peek(1).isDigit()) {
            refuse(QStringLiteral("placeholders with names, such as :user"));
            return;
        }
        const QString tag = nameAt(m_at + 1);
        const qsizetype body = m_at + 1 + tag.size();
        if (body >= m_text.size() || m_text.at(body) != QLatin1Char('$')) {
            take(1);
            return;
        }
        const QString fence = QLatin1Char('$') + tag + QLatin1Char('$');
        const qsizetype end = m_text.indexOf(fence, body + 1);
        if (end < 0)
            refuse(QStringLiteral("a statement whose quotes end"));
        take((end < 0 ? m_text.size() : end + fence.size()) - m_at);
    }
    void takePlaceholder()
    {
        const QString name = nameAt(m_at + 1);
        m_at += 1 + name.size();
        if (!m_read.placeholders.contains(name))
            m_read.placeholders.append(name);
        m_read.sql += QLatin1Char('$') + QString::number(m_read.placeholders.indexOf(name) + 1);
        // What follows must not be read as more of the number.
        if (peek().isDigit())
            m_read.sql += QLatin1Char(' ');
    }
    void skipUntil(const QString& end, bool isNeeded)
    {
        const qsizetype found = m_text.indexOf(end, m_at);
        if (found < 0 && isNeeded)
            refuse(QStringLiteral("a statement whose comments end"));
        m_at = found < 0 ? m_text.size() : found + end.size();
        m_read.sql += QLatin1Char(' ');
    }
    void skipComment()
    {
        int depth = 0;
        do {
            if (looksAt("/*") || looksAt("*/")) {
                depth += looksAt("/*") ? 1 : -1;
                m_at += 2;
            } else {
                ++m_at;
            }
        } while (depth > 0 && m_at < m_text.size());
        if (depth > 0)
            refuse(QStringLiteral("a statement whose comments end"));
        m_read.sql += QLatin1Char(' ');
    }

    void checkVerb()
    {
        static const QSet<QString> allowed{QStringLiteral("SELECT"), QStringLiteral("INSERT"),
                                           QStringLiteral("UPDATE"), QStringLiteral("DELETE"),
                                           QStringLiteral("MERGE"),  QStringLiteral("WITH"),
                                           QStringLiteral("VALUES"), QStringLiteral("TABLE"),
                                           QStringLiteral("CALL"),   QStringLiteral("LOCK")};
        static const QSet<QString> leaving{
            QStringLiteral("BEGIN"),   QStringLiteral("START"),     QStringLiteral("COMMIT"),
            QStringLiteral("END"),     QStringLiteral("ROLLBACK"),  QStringLiteral("ABORT"),
            QStringLiteral("PREPARE"), QStringLiteral("SAVEPOINT"), QStringLiteral("RELEASE")};
        const QString verb = m_words.value(0);
        const bool isSet = verb == QLatin1String("SET");
        if (verb.isEmpty())
            refuse(QStringLiteral("a statement"));
        else if (leaving.contains(verb) ||
                 (isSet && m_words.contains(QStringLiteral("TRANSACTION"))) ||
                 (isSet && m_words.value(1) == QLatin1String("SESSION")))
            refuse(QStringLiteral("a statement that stays in its transaction; \"transaction\" says "
                                  "whether the steps share one"));
        else if (!allowed.contains(verb) && !(isSet && m_words.value(1) == QLatin1String("LOCAL")))
            refuse(QStringLiteral("SELECT, INSERT, UPDATE, DELETE, MERGE, WITH, VALUES, TABLE, "
                                  "CALL, LOCK or SET LOCAL"));
    }

    const QString& m_text;
    qsizetype m_at = 0;
    StatementText m_read;
    QString m_flaw;
    QStringList m_words; ///< the first ones, in capitals
    bool m_isOver = false;
};

} // namespace

std::variant<StatementText, StatementFlaw> readStatement(const QString& text)
{
    return Reader(text).read();
}

} // namespace tallystick
