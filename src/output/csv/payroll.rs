//! `payroll.csv`: base and premiums in rows of their own; the sum of `amount` is the labour cost, exactly.

use super::Table;
use crate::domain::roster::{PayClass, PayLine};
use crate::domain::workforce::Workforce;
use crate::output::OutputError;

const HEADER: [&str; 7] = ["agent", "shift_id", "date", "class", "minutes", "rate", "amount"];

pub(super) fn write(pay: &[PayLine], workforce: &Workforce) -> Result<Vec<u8>, OutputError> {
    let mut table = Table::new(&HEADER)?;
    for line in pay {
        let class = match &line.class {
            PayClass::Base => "base",
            PayClass::Gap => "gap",
            PayClass::Premium(class) => class,
        };
        table.row(&[
            workforce.agents[line.agent.0].id.as_str(),
            line.shift.as_str(),
            &line.date.to_string(),
            class,
            &line.minutes.get().to_string(),
            &line.rate.to_string(),
            &line.amount.to_string(),
        ])?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AgentIx, ShiftId};
    use crate::domain::units::{Minutes, Money};
    use crate::output::example;

    #[test]
    fn base_and_premium_stand_apart() {
        // 450 min at 12.50 an hour: 93.75; 120 min of them at night for 20 % more: 2.50 an hour, 5.00.
        let line = |class, minutes, rate: f64| PayLine {
            agent: AgentIx(0),
            shift: ShiftId::new("s1"),
            date: example::date("2026-11-30"),
            class,
            minutes: Minutes::new(minutes),
            rate: Money::rounded(rate),
            amount: Money::for_minutes(Money::rounded(rate), Minutes::new(minutes)),
        };
        let pay = [line(PayClass::Base, 450, 12.5), line(PayClass::Premium("night".into()), 120, 2.5)];
        let bytes = write(&pay, &example::workforce()).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "agent,shift_id,date,class,minutes,rate,amount\n\
             a001,s1,2026-11-30,base,450,12.50,93.75\n\
             a001,s1,2026-11-30,night,120,2.50,5.00\n"
        );
    }
}
