// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws the class as colour, icon and word; says only what the server has proved.
#include "ui/connection/environmentbar.h"

#include "ui/shared/chip.h"
#include "ui/shared/icons.h"
#include "ui/shared/label.h"
#include "ui/shared/words.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>

namespace tallystick {

using theme::Role;
using theme::Type;

namespace {

constexpr int barHeight = 36;

struct ClassFace
{
    QString iconName;
    Role role;
};

ClassFace faceOf(EnvironmentClass environment)
{
    switch (environment) {
    case EnvironmentClass::Lab:
        return {QStringLiteral("beaker"), Role::Info};
    case EnvironmentClass::Development:
        return {QStringLiteral("wrench"), Role::Secondary};
    case EnvironmentClass::Staging:
        return {QStringLiteral("flag"), Role::Warning};
    case EnvironmentClass::Production:
        return {QStringLiteral("alert"), Role::Negative};
    }
    Q_UNREACHABLE();
}

} // namespace

QString word(EnvironmentClass environment)
{
    switch (environment) {
    case EnvironmentClass::Lab:
        return EnvironmentBar::tr("LAB");
    case EnvironmentClass::Development:
        return EnvironmentBar::tr("DEVELOPMENT");
    case EnvironmentClass::Staging:
        return EnvironmentBar::tr("STAGING");
    case EnvironmentClass::Production:
        return EnvironmentBar::tr("PRODUCTION");
    }
    Q_UNREACHABLE();
}

class EnvironmentBar::ClassBlock final : public QWidget
{
public:
    explicit ClassBlock(EnvironmentClass environment)
        : m_face(faceOf(environment))
        , m_word(word(environment))
        , m_font(theme::font(Type::Body))
    {
        m_font.setPixelSize(12);
        m_font.setWeight(QFont::Bold);
        m_font.setLetterSpacing(QFont::AbsoluteSpacing, 0.8);
        setFixedWidth(QFontMetrics(m_font).horizontalAdvance(m_word) + 16 + 12 * 2 + 8);
        setAccessibleName(m_word);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        // Full strength would outshine everything else in the dark.
        const bool isDark = theme::schemeOf(palette()) == theme::Scheme::Dark;
        painter.fillRect(rect(),
                         theme::tint(m_face.role, isDark ? 75 : 100, Role::Window, palette()));
        const QColor ink = theme::color(Role::OnAccent, palette());
        icons::paint(painter, QRect(12, (height() - 16) / 2, 16, 16), m_face.iconName, ink);
        painter.setFont(m_font);
        painter.setPen(ink);
        painter.drawText(rect().adjusted(36, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_word);
    }

private:
    ClassFace m_face;
    QString m_word;
    QFont m_font;
};

class EnvironmentBar::IconText final : public QWidget
{
public:
    IconText(const QString& iconName, const QString& objectName)
        : m_text(new Label(Type::Body, Role::Secondary))
        , m_iconName(iconName)
    {
        m_text->setElided(Qt::ElideMiddle);
        m_text->setObjectName(objectName);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(20, 0, 0, 0);
        row->addWidget(m_text);
    }
    void set(const QString& text, const QString& meaning)
    {
        m_text->setText(text);
        m_text->setMaximumWidth(m_text->sizeHint().width() + 4);
        m_text->setAccessibleName(meaning + QLatin1Char(' ') + text);
        setToolTip(meaning + QStringLiteral(": ") + text);
        setVisible(!text.isEmpty());
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        icons::paint(painter, QRect(0, (height() - 14) / 2, 14, 14), m_iconName,
                     theme::color(Role::Secondary, palette()));
    }

private:
    Label* m_text;
    QString m_iconName;
};

EnvironmentBar::EnvironmentBar(EnvironmentClass environment, const QString& placeName,
                               QWidget* parent)
    : QWidget(parent)
    , m_place(new IconText(QStringLiteral("server"), QStringLiteral("environmentPlace")))
    , m_database(new IconText(QStringLiteral("database"), QStringLiteral("environmentDatabase")))
    , m_role(new IconText(QStringLiteral("person"), QStringLiteral("environmentRole")))
    , m_zone(new IconText(QStringLiteral("globe"), QStringLiteral("environmentZone")))
    , m_rights(new Chip(tr("connecting…"), Role::Secondary))
{
    setFixedHeight(barHeight);
    m_rights->setObjectName(QStringLiteral("environmentRights"));
    m_place->set(placeName, tr("Server"));
    for (IconText* unknown : {m_database, m_role, m_zone})
        unknown->set({}, {});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, theme::group, 0);
    row->setSpacing(theme::group);
    row->addWidget(new ClassBlock(environment));
    row->addWidget(m_place);
    row->addWidget(m_database);
    row->addWidget(m_role);
    row->addWidget(m_zone);
    row->addStretch(1);
    row->addWidget(m_rights);
}

void EnvironmentBar::show(const Result<ServerFacts>& facts)
{
    if (!facts) {
        m_rights->setText(tr("not connected"));
        m_rights->setRole(Role::Negative);
        m_rights->setToolTip(words::plain(facts.error(), words::Doing::Reading));
        return;
    }
    m_place->set(tr("%1 · PostgreSQL %2").arg(facts->place, facts->version), tr("Server"));
    m_database->set(facts->database, tr("Database"));
    m_role->set(facts->role, tr("Role"));
    m_zone->set(facts->timeZone, tr("Time zone of the session"));
    m_rights->setText(facts->mayWrite ? tr("read-write") : tr("read-only"));
    m_rights->setRole(facts->mayWrite ? Role::Warning : Role::Positive);
    m_rights->setToolTip(facts->mayWrite
                             ? tr("The role's privileges and the session allow writing.")
                             : tr("Proved: the role or the session does not allow writing."));
}

void EnvironmentBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(Role::Surface, palette()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme::color(Role::Hairline, palette()));
}

} // namespace tallystick
