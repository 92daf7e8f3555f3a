// SPDX-License-Identifier: GPL-3.0-or-later
//! Lays out the message and folds its technical part.
#include "ui/shared/banner.h"

#include "ui/shared/icons.h"
#include "ui/shared/label.h"

#include <QtGui/QAccessible>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace tallystick {

using theme::Role;
using theme::Type;

namespace {

constexpr int iconColumn = 40;

QString iconOf(Role role)
{
    if (role == Role::Positive)
        return QStringLiteral("check");
    const bool isCalm = role == Role::Info || role == Role::Accent;
    return isCalm ? QStringLiteral("info") : QStringLiteral("alert");
}

} // namespace

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_title(new Label(Type::Body, Role::Text))
    , m_body(new Label(Type::Body, Role::Secondary))
    , m_fold(new QToolButton)
    , m_technical(new Label(Type::Mono, Role::Secondary))
    , m_action(new QPushButton)
{
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    for (Label* label : {m_title, m_body, m_technical})
        label->setWordWrap(true);
    m_technical->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_technical->setVisible(false);
    m_technical->setObjectName(QStringLiteral("bannerTechnical"));
    m_fold->setText(tr("Technical details"));
    m_fold->setIcon(icons::icon(QStringLiteral("chevron-right"), Role::Secondary));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_fold->setAutoRaise(true);
    m_fold->setCheckable(true);
    m_fold->setAccessibleName(tr("Technical details"));
    m_action->setObjectName(QStringLiteral("bannerAction"));

    auto* column = new QVBoxLayout;
    column->setSpacing(theme::tight);
    column->addWidget(m_title);
    column->addWidget(m_body);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_technical);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(iconColumn, 12, 12, 12);
    row->setSpacing(theme::group);
    row->addLayout(column, 1);
    row->addWidget(m_action, 0, Qt::AlignTop);

    connect(m_fold, &QToolButton::toggled, this, [this](bool isOpen) {
        m_technical->setVisible(isOpen);
        m_fold->setIcon(
            icons::icon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                        Role::Secondary));
    });
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    setVisible(false);
}

void Banner::showError(const Error& error, words::Doing doing, const QString& action)
{
    if (const auto* failure = std::get_if<Failure>(&error)) {
        put(Role::Negative, words::explain(*failure, doing), action);
        return;
    }
    put(Role::Warning,
        {.happened = words::sentence(std::get<RefusalWithFacts>(error)) + QLatin1Char('.'),
         .money = doing == words::Doing::Writing ? tr("Nothing was written.") : QString()},
        action);
}

void Banner::showMessage(Role role, const QString& title, const QString& text,
                         const QString& action)
{
    put(role, {.happened = title, .money = text}, action);
}

QString Banner::text() const
{
    return m_title->text() + QLatin1Char(' ') + m_body->text();
}

void Banner::put(Role role, const words::Explanation& explanation, const QString& action)
{
    m_role = role;
    QStringList body;
    for (const QString& part : {explanation.money, explanation.advice})
        if (!part.isEmpty())
            body << part;
    m_title->setText(explanation.happened);
    m_body->setText(body.join(QLatin1Char(' ')));
    m_body->setVisible(!body.isEmpty());
    m_technical->setText(explanation.technical);
    m_fold->setChecked(false);
    m_fold->setVisible(!explanation.technical.isEmpty());
    m_action->setText(action);
    m_action->setAccessibleName(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text());
    setVisible(true);
    update();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme::tint(m_role, 35, Role::Surface, palette()));
    painter.setBrush(theme::tint(m_role, 7, Role::Surface, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), theme::radius,
                            theme::radius);
    icons::paint(painter, QRect(14, 13, 16, 16), iconOf(m_role), theme::color(m_role, palette()));
}

} // namespace tallystick
